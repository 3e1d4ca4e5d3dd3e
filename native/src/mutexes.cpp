// SPDX-License-Identifier: MIT
#include "mutexes.hpp"

#include <cerrno>
#include <iterator>
#include <utility>

#include "objects.hpp"
#include "shadow.hpp"
#include "threads.hpp"

namespace heddle::native::mutexes {

namespace {

enum class type { normal, recursive, errorcheck };

// As the C library keeps it; adaptive ones are normal ones that spin first.
type type_of(const pthread_mutex_t* mutex) noexcept {
  switch (mutex->__data.__kind & 3) {
    case PTHREAD_MUTEX_RECURSIVE_NP:
      return type::recursive;
    case PTHREAD_MUTEX_ERRORCHECK_NP:
      return type::errorcheck;
    default:
      return type::normal;
  }
}

// std::lock and std::scoped_lock lock one mutex, try the others, and where one of them is not free
// give back all they have and begin with that one. Two such threads in lockstep would be a livelock
// by the letter; who backs off like this again and again is therefore given all of them in one
// step. After the first it asks for the others, and has them.
class backing_off {
 public:
  explicit backing_off(thread_record& self) : self_(self), state_(self.backing_off) {}

  void try_failed(pthread_mutex_t* on) {
    state_.failed = on;
    state_.count = 0;
  }
  void gave_up(pthread_mutex_t* on) {
    if (state_.failed == nullptr) return;
    if (state_.count == std::size(state_.given_up)) return stop();
    state_.given_up[state_.count++] = on;
  }
  // The thread waits for `on`: for what it lacked, and often enough?
  bool begins_again_with(pthread_mutex_t* on) {
    if (on != state_.failed || state_.count == 0) {
      stop();
      return false;
    }
    return ++state_.rounds > sched::lock_back_offs();
  }
  void stop() { state_ = {}; }

  void take_all(pthread_mutex_t* first, std::uintptr_t caller) {
    sched::mutex_object* all[8] = {&at(first)};
    for (std::uint32_t i = 0; i < state_.count; ++i) {
      all[i + 1] = &at(state_.given_up[i]);
      self_.in_advance[i] = state_.given_up[i];
    }
    const std::uint32_t others = std::exchange(state_.count, 0);
    sched::lock_all(all, others + 1, place_of(caller));
    self_.advance_count = others;
    stop();
  }
  bool has_in_advance(pthread_mutex_t* on) {
    for (std::uint32_t i = 0; i < self_.advance_count; ++i) {
      if (self_.in_advance[i] != on) continue;
      self_.in_advance[i] = self_.in_advance[--self_.advance_count];
      return true;
    }
    return false;
  }
  // It does something else with mutexes first: then it does not want them.
  void return_advance(std::uintptr_t caller) {
    while (self_.advance_count != 0) {
      sched::unlock(at(self_.in_advance[--self_.advance_count]), place_of(caller));
    }
  }

 private:
  thread_record& self_;
  decltype(thread_record::backing_off)& state_;
};

bool is_mine(const sched::mutex_object& mutex) noexcept {
  return mutex.owner == sched::this_thread();
}

}  // namespace

sched::mutex_object& at(pthread_mutex_t* mutex) {
  return objects::find_or_make<sched::mutex_object>(
      mutex, use::mutex, [&](void* memory, sched::stable_key key) {
        const type kind = type_of(mutex);
        auto* const made =
            new (memory) sched::mutex_object(kind == type::recursive, location{}, key);
        made->anyone_unlocks = kind == type::normal;
        return made;
      });
}

int lock(pthread_mutex_t* mutex, sched::virtual_time deadline, std::uintptr_t caller) {
  const shadow::use_of_object use_here(mutex, caller);
  sched::mutex_object& on = at(mutex);
  if (is_mine(on) && type_of(mutex) == type::errorcheck) return EDEADLK;
  backing_off courtesy(this_record());
  if (courtesy.has_in_advance(mutex)) return 0;
  courtesy.return_advance(caller);
  if (courtesy.begins_again_with(mutex) && deadline == sched::no_deadline) {
    courtesy.take_all(mutex, caller);
    return 0;
  }
  const location where = place_of(caller);
  if (is_mine(on) && !on.recursive && deadline != sched::no_deadline) {
    sched::sleep_until(deadline, where);  // nobody else can unlock it
    return ETIMEDOUT;
  }
  if (deadline == sched::no_deadline) {
    sched::lock(on, where);
    return 0;
  }
  return sched::lock_until(on, deadline, where) ? 0 : ETIMEDOUT;
}

int try_lock(pthread_mutex_t* mutex, std::uintptr_t caller) {
  const shadow::use_of_object use_here(mutex, caller);
  sched::mutex_object& on = at(mutex);
  backing_off courtesy(this_record());
  if (courtesy.has_in_advance(mutex)) return 0;
  courtesy.return_advance(caller);
  if (is_mine(on) && !on.recursive) return EBUSY;  // nobody else can change that
  if (sched::try_lock(on, place_of(caller))) return 0;
  courtesy.try_failed(mutex);
  return EBUSY;
}

int unlock(pthread_mutex_t* mutex, std::uintptr_t caller) {
  const shadow::use_of_object use_here(mutex, caller);
  sched::mutex_object& on = at(mutex);
  if (!is_mine(on) && type_of(mutex) != type::normal) return EPERM;
  backing_off courtesy(this_record());
  courtesy.return_advance(caller);
  courtesy.gave_up(mutex);
  sched::unlock(on, place_of(caller));
  return 0;
}

}  // namespace heddle::native::mutexes
