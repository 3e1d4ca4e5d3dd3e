// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "outcome.hpp"
#include "program.hpp"

namespace oracle {

// Collects the outcomes of an exploration, told by the threads themselves.
//
// Lives outside the exploration. The record of an execution is read when the next one starts, or at
// the end: so it is there also where the body never got past a deadlock.
class recorder {
 public:
  explicit recorder(const program& p) : program_(p) {}

  void begin() {
    finish();
    started_ = true;
    threads_.assign(program_.threads.size(), {});
    memory_.clear();
    for (const variable& v : program_.variables) memory_.push_back(v.initial);
  }

  void finish() {
    if (!std::exchange(started_, false)) return;
    outcome o;
    o.memory = memory_;
    for (const thread_record& t : threads_) {
      o.threads.push_back({t.end, {t.log.begin(), t.log.begin() + t.size}});
    }
    ++bodies_;
    ++outcomes_[std::move(o)];
  }

  int log(std::size_t thread, int value) {
    thread_record& t = threads_.at(thread);
    t.log.at(static_cast<std::size_t>(t.size++)) = value;
    return value;
  }
  void end(std::size_t thread, thread_end how) { threads_.at(thread).end = how; }
  // What a variable must hold now, as told by the thread that changed it.
  void remember(int x, int value) { memory_.at(static_cast<std::size_t>(x)) = value; }

  std::map<outcome, std::size_t>& outcomes() { return outcomes_; }
  std::size_t bodies() const { return bodies_; }

 private:
  // Of a fixed size: a thread that records does not allocate.
  struct thread_record {
    thread_end end = thread_end::waiting;
    std::ptrdiff_t size = 0;
    std::array<int, 64> log{};
  };

  const program& program_;
  std::vector<thread_record> threads_;
  std::vector<int> memory_;
  std::map<outcome, std::size_t> outcomes_;
  std::size_t bodies_ = 0;
  bool started_ = false;
};

}  // namespace oracle
