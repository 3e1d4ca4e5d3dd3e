// SPDX-License-Identifier: MIT
#include "journal.hpp"

#include <utility>

namespace heddle::explorers::por {

void journal::begin() noexcept {
  clear();
  counts_.clear();
  open_ = nothing;
}

void journal::learn(const sched::execution_state& state) {
  while (threads.size() < state.thread_count()) {
    const auto id = static_cast<sched::thread_id>(threads.size());
    const thread_index index = indices_.emplace(state.thread(id).key, numbered()).first->second;
    threads.push_back(index);
    if (counts_.size() <= index) counts_.resize(index + 1, 0);
  }
}

void journal::record(const action& done) { entries.push_back({done, ++counts_[done.thread]}); }

void journal::open(const action& now) {
  open_ = size();
  record(now);
}

std::size_t journal::close(const sched::event& done) {
  if (open_ == nothing) return nothing;
  entry& at = entries[open_];
  at.done.op = done.op;
  at.value = done.value;
  at.previous = done.previous;
  at.other = done.other;
  return std::exchange(open_, nothing);
}

}  // namespace heddle::explorers::por
