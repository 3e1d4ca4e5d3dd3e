// SPDX-License-Identifier: MIT
#include "environment.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
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

std::optional<std::chrono::nanoseconds> seconds_in(const char* name) {
  const char* value = variable(name);
  if (value == nullptr) return std::nullopt;
  char* end = nullptr;
  const double seconds = std::strtod(value, &end);
  if (end == value || *end != '\0' || !(seconds >= 0) || seconds > 1e9) {
    invalid(name, value, "a time in seconds, such as 60 or 0.5");
  }
  return std::chrono::nanoseconds(static_cast<std::int64_t>(std::llround(seconds * 1e9)));
}

}  // namespace

options with_environment(options how) {
  if (!how.environment) return how;
  if (const char* name = variable("HEDDLE_EXPLORER")) how.explorer = name;
  read_integer("HEDDLE_EXECUTIONS", how.executions);
  read_integer("HEDDLE_SEED", how.seed);
  read_integer("HEDDLE_PREEMPTIONS", how.preemptions);
  read_integer("HEDDLE_MEGABYTES", how.megabytes);
  read_integer("HEDDLE_MINIMISE", how.minimise);
  if (const auto time = seconds_in("HEDDLE_TIME")) how.time = *time;
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

void share_total_time(options& how, std::int64_t tests_left) {
  using clock = std::chrono::steady_clock;
  static const clock::time_point first = clock::now();
  if (!how.environment) return;
  const auto total = seconds_in("HEDDLE_TOTAL_TIME");
  if (!total || variable("HEDDLE_TIME") != nullptr) return;
  const std::chrono::nanoseconds left = *total - (clock::now() - first);
  // 0 would be no limit.
  how.time = std::max<std::chrono::nanoseconds>(left / std::max<std::int64_t>(tests_left, 1),
                                                std::chrono::milliseconds(1));
  how.executions = 0;
}

std::string replay_requested(const options& how) {
  if (!how.environment) return {};
  const char* token = variable("HEDDLE_REPLAY");
  return token == nullptr ? std::string() : std::string(token);
}

}  // namespace heddle::explorers
