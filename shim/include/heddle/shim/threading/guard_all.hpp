// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <heddle/sched/location.hpp>

namespace heddle::threading {

namespace detail {

// A lock and the place of the call that it is an argument of.
template <class Lock>
struct placed {
  placed(Lock& on, location at = location::current()) noexcept : lock(on), where(at) {}
  Lock& lock;
  location where;
};

}  // namespace detail

// Acquires several locks, in one order that is the same for every thread, so that nobody can wait
// in a circle; releases them on every way out. For locks and semaphores of the toolkit.
//   threading::guard_all hold(from.guard, to.guard);
template <class First, class... Rest>
class [[nodiscard]] guard_all {
 public:
  explicit guard_all(detail::placed<First> first, Rest&... rest)
      : where_(first.where), locks_{entry(first.lock), entry(rest)...} {
    std::sort(locks_.begin(), locks_.end(),
              [](const entry& a, const entry& b) { return a.rank < b.rank; });
    try {
      for (; held_ < locks_.size(); ++held_) locks_[held_].acquire(locks_[held_].lock, where_);
    } catch (...) {
      release();
      throw;
    }
  }
  ~guard_all() { release(); }
  guard_all(const guard_all&) = delete;
  guard_all& operator=(const guard_all&) = delete;

 private:
  struct entry {
    template <class Lock>
    explicit entry(Lock& on)
        : lock(&on),
          rank(on.rank()),
          acquire([](void* at, location where) { static_cast<Lock*>(at)->acquire(where); }),
          release([](void* at, location where) { static_cast<Lock*>(at)->release(where); }) {}
    void* lock;
    std::uint64_t rank;
    void (*acquire)(void*, location);
    void (*release)(void*, location);
  };
  void release() {
    while (held_ > 0) {
      --held_;
      locks_[held_].release(locks_[held_].lock, where_);
    }
  }

  location where_;
  std::array<entry, 1 + sizeof...(Rest)> locks_;
  std::size_t held_ = 0;
};

template <class First, class... Rest>
guard_all(First&, Rest&...) -> guard_all<First, Rest...>;

}  // namespace heddle::threading
