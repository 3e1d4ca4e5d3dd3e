// SPDX-License-Identifier: MIT
#include "environment.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <string_view>

#include "heddle/explorers/automatic.hpp"
#include "heddle/explorers/bounded.hpp"
#include "heddle/explorers/bytes.hpp"
#include "heddle/explorers/dpor.hpp"
#include "heddle/explorers/pct.hpp"
#include "heddle/explorers/pos.hpp"
#include "heddle/explorers/random_walk.hpp"
#include "heddle/explorers/surw.hpp"
#include "heddle/explorers/urw.hpp"

namespace heddle::explorers {

namespace {

[[noreturn]] void invalid(std::string_view name, std::string_view value,
                          std::string_view expected) {
  throw std::invalid_argument(
      fmt::format("heddle: {} is \"{}\", but must be {}", name, value, expected));
}

// Null where unset or empty: CI systems like to define variables without a value.
const char* variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

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

void check_range(std::string_view name, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value >= least && value <= most) return;
  invalid(fmt::format("options.{}", name), fmt::format("{}", value),
          fmt::format("between {} and {}", least, most));
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
    if (std::string_view(value) != to_string(memory::sc) &&
        std::string_view(value) != to_string(memory::cxx)) {
      invalid("HEDDLE_MEMORY", value, "\"sc\" or \"cxx\"");
    }
    how.memory = std::string_view(value) == to_string(memory::cxx) ? memory::cxx : memory::sc;
  }
  if (const char* value = variable("HEDDLE_RACES")) {
    if (std::string_view(value) == "report") {
      how.races = races::report;
    } else if (std::string_view(value) == "explore_all") {
      how.races = races::explore_all;
    } else if (std::string_view(value) == "off") {
      how.races = races::off;
    } else {
      invalid("HEDDLE_RACES", value, "\"report\", \"explore_all\" or \"off\"");
    }
  }
  return how;
}

std::string replay_requested(const options& how) {
  if (!how.environment) return {};
  const char* token = variable("HEDDLE_REPLAY");
  return token == nullptr ? std::string() : std::string(token);
}

void validate(const options& how) {
  constexpr std::int64_t any = std::numeric_limits<std::int64_t>::max();
  check_range("executions", how.executions, 0, any);
  check_range("time", how.time.count(), 0, any);
  check_range("minimise", how.minimise, 0, any);
  check_range("examination", how.examination.count(), 0, any);
  check_range("steps", how.steps, 1, 1'000'000'000);
  check_range("threads", how.threads, 1, 1'000'000);
  check_range("stack_bytes", static_cast<std::int64_t>(how.stack_bytes), 16 * 1024, 1 << 30);
  check_range("early_timeouts", how.early_timeouts, 0, 1'000'000'000);
  check_range("stale_reads", how.stale_reads, 0, 1'000'000'000);
  check_range("spurious", how.spurious, 0, 1'000'000'000);
  check_range("weak_cas_failures", how.weak_cas_failures, 0, 1'000'000'000);
  check_range("try_lock_failures", how.try_lock_failures, 0, 1'000'000'000);
  check_range("deferred_asyncs", how.deferred_asyncs, 0, 1'000'000'000);
  check_range("lock_back_offs", how.lock_back_offs, 0, 1'000'000'000);
  check_range("rereads", how.rereads, 1, 1'000'000'000);
  check_range("preemptions", how.preemptions, 0, 1'000'000);
  check_range("depth", how.depth, 0, 1'000);
  check_range("stuck", how.stuck.count(), 0, 1'000'000);
}

sched::settings settings_of(const options& how) {
  sched::settings result;
  result.steps = static_cast<std::uint32_t>(how.steps);
  result.threads = static_cast<std::uint32_t>(how.threads);
  result.stack_bytes = how.stack_bytes;
  result.races = how.races;
  result.memory = how.memory;
  result.stale_reads = static_cast<std::uint32_t>(how.stale_reads);
  result.early_timeouts = static_cast<std::uint32_t>(how.early_timeouts);
  result.spurious = static_cast<std::uint32_t>(how.spurious);
  result.weak_cas_failures = static_cast<std::uint32_t>(how.weak_cas_failures);
  result.try_lock_failures = static_cast<std::uint32_t>(how.try_lock_failures);
  result.deferred_asyncs = static_cast<std::uint32_t>(how.deferred_asyncs);
  result.lock_back_offs = static_cast<std::uint32_t>(how.lock_back_offs);
  result.rereads = static_cast<std::uint32_t>(how.rereads);
  result.stuck_seconds = static_cast<std::uint32_t>(how.stuck.count());
  return result;
}

std::unique_ptr<sched::explorer> make_explorer(const options& how) {
  if (how.explorer == "auto") {
    return std::make_unique<automatic>(how.seed, static_cast<std::uint32_t>(how.depth),
                                       automatic::budget{how.executions, how.time});
  }
  if (how.explorer == "dfs") return std::make_unique<depth_first>();
  if (how.explorer == "dpor") return std::make_unique<dpor>(dpor::mode::optimal);
  if (how.explorer == "source_dpor") return std::make_unique<dpor>(dpor::mode::source);
  const bounded::limits within{.most = static_cast<std::uint32_t>(how.preemptions)};
  if (how.explorer == "bounded") return std::make_unique<bounded>(within);
  if (how.explorer == "delay") {
    return std::make_unique<bounded>(
        bounded::limits{.of = bounded::cost::delays, .most = within.most});
  }
  if (how.explorer == "random") return std::make_unique<random_walk>(how.seed);
  if (how.explorer == "pct") {
    return std::make_unique<pct>(how.seed, static_cast<std::uint32_t>(how.depth));
  }
  if (how.explorer == "pos") return std::make_unique<pos>(how.seed);
  if (how.explorer == "urw") return std::make_unique<urw>(how.seed);
  if (how.explorer == "surw") return std::make_unique<surw>(how.seed);
  if (how.explorer == "bytes") {
    const auto* data = reinterpret_cast<const std::uint8_t*>(how.bytes.data());
    return std::make_unique<bytes>(std::span(data, how.bytes.size()));
  }
  const bool from_variable = how.environment && variable("HEDDLE_EXPLORER") != nullptr;
  invalid(
      from_variable ? "HEDDLE_EXPLORER" : "options.explorer", how.explorer,
      "one of auto, dpor, source_dpor, bounded, delay, dfs, random, pct, pos, urw, surw, bytes");
}

}  // namespace heddle::explorers
