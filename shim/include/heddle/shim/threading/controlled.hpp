// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include <heddle/sched/monitor.hpp>
#include <heddle/sched/point.hpp>
#include <heddle/shim/atomic.hpp>
#include <heddle/shim/chrono.hpp>
#include <heddle/shim/thread_specific.hpp>

namespace heddle::threading {

// What the toolkit stands on when it is under control: every call is a visible operation. Its
// counterpart for programs that ship is real.hpp; a backend is the set of these names.
struct controlled {
  static constexpr bool explores = true;

  using monitor = sched::monitor_object;
  using section = sched::monitor_section;
  static void destroy(monitor& on, const char* what) noexcept { sched::destroy(on, what); }

  using moment = sched::virtual_time;
  static constexpr moment never = sched::no_deadline;
  template <class Rep, class Period>
  static moment in(const std::chrono::duration<Rep, Period>& time) noexcept {
    return heddle::detail::from_now(time);
  }
  static void sleep_until(moment deadline, location where) { sched::sleep_until(deadline, where); }
  static void yield(location where) { sched::yield(where); }

  template <class T>
  using atomic = heddle::atomic<T>;
  template <class T>
  using per_thread = thread_specific<T>;

  // A lock with an owner and a count, and what waits on it.
  class owned_lock {
   public:
    explicit owned_lock(location where) : model_(true, where) {}
    ~owned_lock() { sched::destroy(model_); }
    bool lock(moment deadline, location where) {
      if (deadline != never) return sched::lock_until(model_, deadline, where);
      sched::lock(model_, where);
      return true;
    }
    bool try_lock(location where) { return sched::try_lock(model_, where); }
    void unlock(location where) { sched::unlock(model_, where); }
    [[nodiscard]] bool is_mine() const noexcept {
      return lives() && model_.owner == sched::this_thread();
    }
    [[nodiscard]] sched::mutex_object& model() noexcept { return model_; }

   private:
    // What an earlier execution left in it is no state.
    [[nodiscard]] bool lives() const noexcept { return model_.epoch == sched::execution_number(); }
    sched::mutex_object model_;
  };
  class waiters {
   public:
    explicit waiters(location where) : model_(where) {}
    ~waiters() { sched::destroy(model_); }
    bool wait(owned_lock& with, moment deadline, location where) {
      return sched::wait(model_, with.model(), deadline, where);
    }
    void wake_one(location where) { sched::notify_one(model_, where); }
    void wake_all(location where) { sched::notify_all(model_, where); }
    [[nodiscard]] sched::condition_object& model() noexcept { return model_; }

   private:
    sched::condition_object model_;
  };

  // One order of all locks, the same for every thread.
  [[nodiscard]] static std::uint64_t rank(const sched::object& on) noexcept { return on.key; }
  [[nodiscard]] static std::uint64_t rank(owned_lock& on) noexcept { return on.model().key; }

  using thread_key = sched::thread_id;
  static constexpr thread_key nobody = sched::no_thread;
  [[nodiscard]] static thread_key self() noexcept { return sched::this_thread(); }
  [[nodiscard]] static constexpr thread_key main() noexcept { return 0; }
  // The number of the run that objects with a memory belong to: another one, another memory.
  [[nodiscard]] static std::uint32_t run() noexcept { return sched::execution_number(); }
  // `entry(closure)` as a new thread; nobody joins it through this.
  static thread_key spawn(void (*entry)(void*), void* closure, std::string_view name, bool daemon,
                          location where) {
    const sched::spawned made = sched::spawn(entry, closure, nullptr, where);
    sched::name_thread(made.id, name);
    if (daemon) sched::make_daemon(made);
    return made.id;
  }
  static void rename(thread_key thread, std::string_view name) {
    if (thread != nobody) sched::name_thread(thread, name);
  }
  // An end of a thread that no code of the user's may stop: it must be passed on.
  using passed_on = sched::thread_ended;
  static void misuse(std::string_view what, location where) {
    sched::report(failure_kind::misuse, what, where);
  }
  static void leak(std::string_view what, location where, const monitor& on) {
    if (on.epoch == run() && run() != 0) sched::report(failure_kind::leak, what, where, on.key);
  }
  static void join(thread_key thread, location where) {
    sched::join({thread, sched::execution_number()}, where);
  }
};

}  // namespace heddle::threading
