// SPDX-License-Identifier: MIT
#include "last_words.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "exploration.hpp"
#include "rerun_command.hpp"

// Present when a sanitizer runtime is linked in, whatever this file is built with.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace heddle::explorers {

namespace {

const exploration* speaking = nullptr;

void speak() {
  const exploration* of = speaking;
  if (of == nullptr) return;
  speaking = nullptr;
  const sched::schedule schedule = of->schedule_of(of->engine.choices());  // without marks
  const std::string text = fmt::format(
      "heddle: this ended execution {} of {}; to rerun exactly it:\n  HEDDLE_REPLAY={} {}\n",
      of->result.executions + 1, of->how.name.empty() ? "the body" : of->how.name,
      shell_quoted(schedule.token()), of->how.rerun.empty() ? this_command() : of->how.rerun);
  [[maybe_unused]] const auto written = ::write(of->capture.terminal(), text.data(), text.size());
}

}  // namespace

last_words::last_words(const exploration& of) {
  speaking = &of;
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(&speak);
}

last_words::~last_words() { speaking = nullptr; }

}  // namespace heddle::explorers
