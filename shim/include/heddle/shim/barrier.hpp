// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <limits>
#include <type_traits>
#include <utility>

#include <heddle/sched/point.hpp>
#include <heddle/shim/precondition.hpp>

namespace heddle {

namespace detail {
struct no_completion {
  void operator()() noexcept {}
};
}  // namespace detail

// std::barrier under control. The completion function runs in the thread that arrives last, before
// anybody passes; it may use shims itself. Arriving more often than expected in a phase, undefined
// behaviour in the standard, is reported as misuse.
template <class Completion = detail::no_completion>
class barrier {
  static constexpr bool completes = !std::is_same_v<Completion, detail::no_completion>;

 public:
  class arrival_token {
   public:
    arrival_token(arrival_token&&) noexcept = default;
    arrival_token& operator=(arrival_token&&) noexcept = default;

   private:
    friend class barrier;
    explicit arrival_token(std::uint64_t phase) noexcept : phase_(phase) {}
    std::uint64_t phase_;
  };

  explicit barrier(std::ptrdiff_t expected, Completion completion = Completion(),
                   location created = location::current())
      : model_(static_cast<std::uint64_t>(expected), completes, created),
        completion_(std::move(completion)) {
    detail::expect(expected >= 0, model_, "it makes a barrier that expects less than nobody",
                   created);
  }
  ~barrier() { sched::destroy(model_); }
  barrier(const barrier&) = delete;
  barrier& operator=(const barrier&) = delete;

  [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept {
    return std::numeric_limits<std::ptrdiff_t>::max();
  }
  [[nodiscard]] arrival_token arrive(std::ptrdiff_t arrivals = 1,
                                     location where = location::current()) {
    detail::expect(arrivals > 0, model_, "it arrives at a barrier less than once", where);
    if (arrivals <= 0) arrivals = 0;
    return arrival_token(arrive_as(static_cast<std::uint64_t>(arrivals), false, where));
  }
  void wait(arrival_token&& token, location where = location::current()) const {
    sched::await_phase(model_, token.phase_, where);
  }
  void arrive_and_wait(location where = location::current()) { wait(arrive(1, where), where); }
  void arrive_and_drop(location where = location::current()) { arrive_as(1, true, where); }

  [[nodiscard]] sched::barrier_object& model() const noexcept { return model_; }

 private:
  std::uint64_t arrive_as(std::uint64_t arrivals, bool drop, location where) {
    bool last = false;
    const std::uint64_t phase = sched::arrive(model_, arrivals, drop, last, where);
    if constexpr (completes) {
      if (last) {
        completion_();
        sched::complete_phase(model_, where);
      }
    }
    return phase;
  }
  mutable sched::barrier_object model_;
  Completion completion_;
};

}  // namespace heddle
