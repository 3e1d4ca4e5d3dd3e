// SPDX-License-Identifier: MIT
#pragma once

#include <unordered_map>

#include "event_log.hpp"
#include "heddle/sched/explorer.hpp"
#include "heddle/sched/outcome.hpp"

namespace heddle::explorers::por {

// The log of the running execution while it is written. What happens is told in pieces: an
// operation is opened before it is performed, data choices that it makes are recorded meanwhile,
// and closed when its result is known.
class journal : public event_log {
 public:
  static constexpr std::size_t nothing = static_cast<std::size_t>(-1);

  // The next execution. Threads keep their numbers.
  void begin() noexcept;
  // Numbers the threads that are new.
  void learn(const sched::execution_state& state);
  // Those, too, that were created after the last action and wait for ever.
  void learn(const sched::outcome& result);
  // How many threads have a number, in whichever execution they were.
  [[nodiscard]] std::uint32_t numbered() const noexcept {
    return static_cast<std::uint32_t>(indices_.size());
  }

  void record(const action& done);
  void open(const action& now);
  [[nodiscard]] std::size_t opened() const noexcept { return open_; }  // `nothing` if none is
  // The position of the operation that is opened no more, or `nothing`.
  std::size_t close(const sched::event& done);

 private:
  void number(sched::stable_key thread);
  std::unordered_map<sched::stable_key, thread_index> indices_;
  std::vector<std::uint32_t> counts_;  // actions by thread
  std::size_t open_ = nothing;
};

}  // namespace heddle::explorers::por
