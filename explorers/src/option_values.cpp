// SPDX-License-Identifier: MIT
#include "option_values.hpp"

#include <limits>

#include "invalid_option.hpp"

namespace heddle::explorers {

namespace {

struct bound {
  std::string_view name;
  std::int64_t options::*option;
  std::uint32_t sched::shape::*value;
  std::int64_t least;
};
constexpr bound bounds[] = {
    {"early_timeouts", &options::early_timeouts, &sched::shape::early_timeouts, 0},
    {"rereads", &options::rereads, &sched::shape::rereads, 1},
    {"spurious", &options::spurious, &sched::shape::spurious, 0},
    {"weak_cas_failures", &options::weak_cas_failures, &sched::shape::weak_cas_failures, 0},
    {"try_lock_failures", &options::try_lock_failures, &sched::shape::try_lock_failures, 0},
    {"deferred_asyncs", &options::deferred_asyncs, &sched::shape::deferred_asyncs, 0},
    {"lock_back_offs", &options::lock_back_offs, &sched::shape::lock_back_offs, 0},
    {"stale_reads", &options::stale_reads, &sched::shape::stale_reads, 0},
};

void check_range(std::string_view name, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value >= least && value <= most) return;
  invalid(fmt::format("options.{}", name), fmt::format("{}", value),
          fmt::format("between {} and {}", least, most));
}

}  // namespace

void validate(const options& how) {
  constexpr std::int64_t any = std::numeric_limits<std::int64_t>::max();
  check_range("executions", how.executions, 0, any);
  check_range("time", how.time.count(), 0, any);
  check_range("megabytes", how.megabytes, 0, any);
  check_range("minimise", how.minimise, 0, any);
  check_range("examination", how.examination.count(), 0, any);
  check_range("steps", how.steps, 1, 1'000'000'000);
  check_range("threads", how.threads, 1, 1'000'000);
  check_range("stack_bytes", static_cast<std::int64_t>(how.stack_bytes), 16 * 1024, 1 << 30);
  for (const bound& each : bounds) {
    check_range(each.name, how.*each.option, each.least, 1'000'000'000);
  }
  check_range("preemptions", how.preemptions, 0, 1'000'000);
  check_range("depth", how.depth, 0, 1'000);
  check_range("stuck", how.stuck.count(), 0, 1'000'000);
}

sched::shape shape_of(const options& how) {
  sched::shape result;
  result.memory = how.memory;
  result.races = how.races;
  for (const bound& each : bounds) {
    result.*each.value = static_cast<std::uint32_t>(how.*each.option);
  }
  return result;
}

void take_shape(options& how, const sched::shape& shape) {
  how.memory = shape.memory;
  how.races = shape.races;
  for (const bound& each : bounds) how.*each.option = shape.*each.value;
}

sched::settings settings_of(const options& how) {
  sched::settings result;
  result.steps = static_cast<std::uint32_t>(how.steps);
  result.threads = static_cast<std::uint32_t>(how.threads);
  result.stack_bytes = how.stack_bytes;
  result.shape = shape_of(how);
  result.orders = how.orders;
  result.stuck_seconds = static_cast<std::uint32_t>(how.stuck.count());
  return result;
}

}  // namespace heddle::explorers
