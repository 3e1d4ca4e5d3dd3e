// SPDX-License-Identifier: MIT
#include "environment.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "invalid_option.hpp"

namespace heddle::explorers {

const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

namespace {

template <class Integer>
void read_integer(const char* name, Integer& into) {
  const char* value = variable(name);
  if (value == nullptr) return;
  const std::string_view text = value;
  Integer number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < Integer{0}) {
    invalid(name, text, "a whole number, 0 or more");
  }
  into = number;
}

void read_seconds(const char* name, std::chrono::nanoseconds& into) {
  const char* value = variable(name);
  if (value == nullptr) return;
  char* end = nullptr;
  const double seconds = std::strtod(value, &end);
  if (end == value || *end != '\0' || !(seconds >= 0) || seconds > 1e9) {
    invalid(name, value, "a time in seconds, such as 60 or 0.5");
  }
  into = std::chrono::nanoseconds(static_cast<std::int64_t>(std::llround(seconds * 1e9)));
}

}  // namespace

options with_environment(options how) {
  if (!how.environment) return how;
  if (const char* name = variable("HEDDLE_EXPLORER")) how.explorer = name;
  read_integer("HEDDLE_EXECUTIONS", how.executions);
  read_integer("HEDDLE_SEED", how.seed);
  read_integer("HEDDLE_PREEMPTIONS", how.preemptions);
  read_integer("HEDDLE_MINIMISE", how.minimise);
  read_seconds("HEDDLE_TIME", how.time);
  if (const char* directory = variable("HEDDLE_OUT")) how.out = directory;
  if (const char* directory = variable("HEDDLE_REMEMBER")) how.remember = directory;
  if (const char* value = variable("HEDDLE_REPLAY_MODE")) {
    if (std::string_view(value) != "strict" && std::string_view(value) != "relaxed") {
      invalid("HEDDLE_REPLAY_MODE", value, "\"strict\" or \"relaxed\"");
    }
    how.relaxed = std::string_view(value) == "relaxed";
  }
  if (const char* value = variable("HEDDLE_MEMORY")) {
    const auto named = sched::memory_of(value);
    if (!named) invalid("HEDDLE_MEMORY", value, sched::memory_words);
    how.memory = *named;
  }
  if (const char* value = variable("HEDDLE_RACES")) {
    const auto named = sched::races_of(value);
    if (!named) invalid("HEDDLE_RACES", value, sched::races_words);
    how.races = *named;
  }
  return how;
}

std::string replay_requested(const options& how) {
  if (!how.environment) return {};
  const char* token = variable("HEDDLE_REPLAY");
  return token == nullptr ? std::string() : std::string(token);
}

}  // namespace heddle::explorers
