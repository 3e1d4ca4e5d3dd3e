// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <utility>

#include <heddle/library/real.hpp>
#include <heddle/standard.hpp>

// Code that is written once, for both ways.
template <class Library = heddle::real>
class mailbox {
 public:
  void put(int letter) {
    {
      const typename Library::template lock_guard<typename Library::mutex> lock(guard_);
      letters_.write().push_back(letter);
    }
    filled_.notify_one();
  }
  int take() {
    typename Library::template unique_lock<typename Library::mutex> lock(guard_);
    filled_.wait(lock, [this] { return !letters_.read().empty(); });
    const int letter = letters_.read().front();
    letters_.write().pop_front();
    return letter;
  }

 private:
  typename Library::mutex guard_;
  typename Library::condition_variable filled_;
  typename Library::template var<std::deque<int>> letters_;
};

namespace conc = HEDDLE_STD;

class counter {
 public:
  void add() { count_.fetch_add(1); }
  int get() const { return count_.load(); }

 private:
  conc::atomic<int> count_{0};
};
