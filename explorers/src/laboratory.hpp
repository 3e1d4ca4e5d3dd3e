// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdint>

#include "heddle/sched/engine.hpp"
#include "signature.hpp"

namespace heddle::explorers {

// Executions that a diagnosis may take.
inline constexpr std::int64_t experiments = 100;

// A copy of the process, which goes on after a crash, and which a thread that reaches no scheduling
// point for `stuck` seconds ends.
struct expendable_process {
  bool is_here = false;
  std::uint32_t stuck = 0;
};

// Runs of an engine repeat choices in the way in which they were made.
class pinned_memory {
 public:
  pinned_memory(sched::engine& engine, const sched::memory_use& use) noexcept : engine_(engine) {
    engine_.pin(&use);
  }
  ~pinned_memory() { engine_.pin(nullptr); }
  pinned_memory(const pinned_memory&) = delete;
  pinned_memory& operator=(const pinned_memory&) = delete;

 private:
  sched::engine& engine_;
};

// Where a failure is examined once it has been found: runs the body again under explorers of its
// own, within a budget of executions and time.
class laboratory {
 public:
  using clock = std::chrono::steady_clock;
  laboratory(sched::engine& engine, sched::body_ref body, std::int64_t executions,
             std::chrono::nanoseconds time, expendable_process here = {}) noexcept
      : engine_(engine),
        body_(body),
        left_(executions),
        timed_(time.count() != 0),
        until_(clock::now() + time),
        here_(here) {}

  [[nodiscard]] bool affordable() const noexcept {
    return left_ > 0 && (!damaged_ || here_.is_here) && (!timed_ || clock::now() < until_);
  }
  sched::outcome run(sched::explorer& decide, sched::trace* record = nullptr) {
    --left_;
    ++spent_;
    if (here_.is_here) ::alarm(here_.stuck);  // the engine's own timer is not copied
    sched::outcome result = engine_.run(body_, decide, record);
    judge(result);
    damaged_ |= result.crashed;
    return result;
  }
  [[nodiscard]] std::int64_t left() const noexcept { return left_; }
  [[nodiscard]] std::int64_t spent() const noexcept { return spent_; }

 private:
  sched::engine& engine_;
  sched::body_ref body_;
  std::int64_t left_;
  std::int64_t spent_ = 0;
  bool timed_;  // `time` was not 0
  clock::time_point until_;
  expendable_process here_;
  bool damaged_ = false;  // an execution crashed: better not run another one
};

}  // namespace heddle::explorers
