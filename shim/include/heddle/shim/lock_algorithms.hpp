// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstddef>

#include <heddle/shim/lockable.hpp>
#include <heddle/shim/unique_lock.hpp>

// std::lock and std::try_lock: several locks without a global order.
namespace heddle {
namespace detail {

// One of several locks of different types.
struct any_lock {
  void* on;
  void (*lock)(void* on, location where);
  bool (*try_lock)(void* on, location where);
  void (*unlock)(void* on, location where);
};
template <class Lockable>
any_lock erase(Lockable& on) noexcept {
  return {&on, [](void* at, location where) { lock_at(*static_cast<Lockable*>(at), where); },
          [](void* at, location where) { return try_lock_at(*static_cast<Lockable*>(at), where); },
          [](void* at, location where) { unlock_at(*static_cast<Lockable*>(at), where); }};
}

// The first `held` locks in cyclic order from `first`; given back unless kept, in reverse order.
struct held_locks {
  const any_lock* all;
  std::size_t count;
  std::size_t first;
  location where;
  std::size_t held = 0;

  [[nodiscard]] const any_lock& at(std::size_t step) const noexcept {
    return all[(first + step) % count];
  }
  // Tries the rest. Returns the position in `all` of the one that was not free, or -1.
  int try_rest() {
    for (; held < count; ++held) {
      if (!at(held).try_lock(at(held).on, where)) {
        return static_cast<int>((first + held) % count);
      }
    }
    return -1;
  }
  void keep() noexcept { held = 0; }
  ~held_locks() {
    for (; held != 0; --held) at(held - 1).unlock(at(held - 1).on, where);
  }
};

// The mutex of the model behind a lockable, for those that sched can take several of in one step.
template <class Lockable>
concept modelled_mutex = requires(Lockable& on) {
  { on.model() } -> std::same_as<sched::mutex_object&>;
};
template <class Lockable>
concept modelled_lock = modelled_mutex<Lockable> ||
    (std::same_as<Lockable, unique_lock<typename Lockable::mutex_type>>&&
         modelled_mutex<typename Lockable::mutex_type>);

template <modelled_lock Lockable>
sched::mutex_object* mutex_behind(Lockable& on) {
  if constexpr (modelled_mutex<Lockable>) {
    return &on.model();
  } else {
    on.expect_unowned();
    return &on.mutex()->model();
  }
}
template <modelled_lock Lockable>
void mark_taken(Lockable& on, location where) noexcept {
  if constexpr (!modelled_mutex<Lockable>) on.taken(where);
}

// As implementations do it: take one, try the others, and on a failure give all back and begin with
// the one that was not free. Two threads may be polite to each other for ever that way, at the will
// of a scheduler; so after options.lock_back_offs failures Heddle's own mutexes are awaited and
// taken in one step.
template <class... Locks>
void lock_several(location where, Locks&... locks) {
  constexpr std::size_t count = sizeof...(Locks);
  if constexpr (count == 1) {
    (lock_at(locks, where), ...);
  } else if constexpr (count > 1) {
    constexpr bool at_once = (modelled_lock<Locks> && ...);
    const any_lock all[] = {erase(locks)...};
    std::size_t first = 0;
    for (unsigned failures = 0; !at_once || failures < sched::lock_back_offs(); ++failures) {
      all[first].lock(all[first].on, where);
      held_locks held{all, count, first, where, 1};
      const int failed = held.try_rest();
      if (failed < 0) return held.keep();
      first = static_cast<std::size_t>(failed);
    }
    if constexpr (at_once) {
      sched::mutex_object* const mutexes[] = {mutex_behind(locks)...};
      sched::lock_all(mutexes, count, where);
      (mark_taken(locks, where), ...);
    }
  }
}

template <class... Locks>
int try_lock_several(location where, Locks&... locks) {
  const any_lock all[] = {erase(locks)...};
  held_locks held{all, sizeof...(Locks), 0, where};
  const int failed = held.try_rest();
  if (failed < 0) held.keep();
  return failed;
}

}  // namespace detail

// As std::lock. A call with more than three locks cannot tell where it stands.
template <class First, class Second>
void lock(First& first, Second& second, location where = location::current()) {
  detail::lock_several(where, first, second);
}
template <class First, class Second, class Third>
void lock(First& first, Second& second, Third& third, location where = location::current()) {
  detail::lock_several(where, first, second, third);
}
template <class First, class Second, class Third, class Fourth, class... Rest>
void lock(First& first, Second& second, Third& third, Fourth& fourth, Rest&... rest) {
  detail::lock_several(location{}, first, second, third, fourth, rest...);
}

// As std::try_lock: -1, or the position of the one that could not be had; then none is held.
template <class First, class Second>
[[nodiscard]] int try_lock(First& first, Second& second, location where = location::current()) {
  return detail::try_lock_several(where, first, second);
}
template <class First, class Second, class Third>
[[nodiscard]] int try_lock(First& first, Second& second, Third& third,
                           location where = location::current()) {
  return detail::try_lock_several(where, first, second, third);
}
template <class First, class Second, class Third, class Fourth, class... Rest>
[[nodiscard]] int try_lock(First& first, Second& second, Third& third, Fourth& fourth,
                           Rest&... rest) {
  return detail::try_lock_several(location{}, first, second, third, fourth, rest...);
}

}  // namespace heddle
