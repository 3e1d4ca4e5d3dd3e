// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <heddle/heddle.hpp>
#include <memory>
#include <vector>

namespace counting {

// Threads that are joined in the order in which they were started, or left to themselves.
class threads {
 public:
  template <class F>
  void start(F code) {
    all_.emplace_back(std::move(code));
  }
  template <class F>
  void start(int n, F code) {  // code(i) for i = 0 .. n-1
    for (int i = 0; i < n; ++i) start([code, i] { code(i); });
  }
  void join() {
    for (heddle::thread& t : all_) t.join();
    all_.clear();
  }
  ~threads() {
    for (heddle::thread& t : all_) {
      if (t.joinable()) t.detach();
    }
  }

 private:
  std::deque<heddle::thread> all_;
};

// n objects that can be neither copied nor moved.
template <class T>
class array {
 public:
  template <class... Args>
  explicit array(int n, const Args&... args) {
    for (int i = 0; i < n; ++i) all_.emplace_back(args...);
  }
  T& operator[](int i) { return all_[static_cast<std::size_t>(i)]; }
  int size() const { return static_cast<int>(all_.size()); }

 private:
  std::deque<T> all_;
};

using cell = heddle::atomic<int>;

}  // namespace counting
