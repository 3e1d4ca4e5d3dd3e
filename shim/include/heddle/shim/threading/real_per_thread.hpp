// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace heddle::threading {

// One value for each thread that asks, destroyed with that thread: what a thread_local member would
// be if there were any. The counterpart of heddle::thread_specific in a program that ships.
template <class T>
class real_per_thread {
 public:
  explicit real_per_thread(std::function<T()> make) : make_(std::move(make)) {}
  real_per_thread(const real_per_thread&) = delete;
  real_per_thread& operator=(const real_per_thread&) = delete;

  [[nodiscard]] T& get() {
    if (const auto found = mine().find(id_); found != mine().end()) return *found->second;
    auto made = std::make_unique<T>(make_());  // may itself ask for other values
    return *mine().emplace(id_, std::move(made)).first->second;
  }
  [[nodiscard]] bool has_value() const noexcept { return mine().contains(id_); }

 private:
  // By number, not by address: another object may be made where this one was.
  static std::map<std::uint64_t, std::unique_ptr<T>>& mine() noexcept {
    thread_local std::map<std::uint64_t, std::unique_ptr<T>> values;
    return values;
  }
  static std::uint64_t next_id() noexcept {
    static std::atomic<std::uint64_t> count{0};
    return ++count;
  }
  std::function<T()> make_;
  std::uint64_t id_ = next_id();
};

}  // namespace heddle::threading
