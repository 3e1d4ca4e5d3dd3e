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
    number(state.thread(static_cast<sched::thread_id>(threads.size())).key);
  }
}

void journal::learn(const sched::outcome& result) {
  constexpr std::uint64_t some_thread = 0x736f'6d65;  // those in between have come and gone
  for (const sched::unfinished_thread& at : result.unfinished) {
    while (threads.size() < at.thread) number(sched::mix(some_thread, threads.size()));
    if (threads.size() == at.thread) number(at.key);
  }
}

void journal::number(sched::stable_key thread) {
  const thread_index index = indices_.emplace(thread, numbered()).first->second;
  threads.push_back(index);
  if (counts_.size() <= index) counts_.resize(index + 1, 0);
}

void journal::record(const action& done) {
  entry& made = entries.emplace_back();
  made.done = done;
  made.index = ++counts_[done.thread];
}

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
  at.step = done.step;
  at.source = done.source;
  return std::exchange(open_, nothing);
}

}  // namespace heddle::explorers::por
