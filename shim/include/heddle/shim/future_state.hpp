// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <future>
#include <memory>
#include <utility>

#include <heddle/sched/monitor.hpp>
#include <heddle/sched/thread_hooks.hpp>
#include <heddle/shim/chrono.hpp>

namespace heddle {

using std::future_category;
using std::future_errc;
using std::future_error;
using std::future_status;
using std::launch;

namespace detail {

[[noreturn]] inline void fail_future(future_errc code) { throw std::future_error(code); }

// What a promise and its futures share: once ready it stays so. Each call is one visible operation.
//
// Level 0 is 0 while nothing is there, 1 when it is ready, 2 while a deferred function waits for
// somebody to run it.
class future_state : public std::enable_shared_from_this<future_state> {
 public:
  future_state(const sched::monitor_type& type, bool deferred, location created)
      : monitor_(type, this, created), deferred_(deferred) {
    monitor_.level[0] = deferred ? 2 : 0;
  }
  future_state(const future_state&) = delete;
  future_state& operator=(const future_state&) = delete;
  virtual ~future_state() = default;

  // Makes it ready, or says that it was satisfied before.
  template <class Store>
  void satisfy(Store&& store, bool at_exit, location where) {
    {
      sched::monitor_section here(monitor_, at_exit ? set_at_exit : set, where);
      if (satisfied_) {
        here.fail();
      } else {
        satisfied_ = true;
        store();
        if (!at_exit) monitor_.level[0] = 1;
        return;
      }
    }
    fail_future(future_errc::promise_already_satisfied);
  }
  void fail(std::exception_ptr error, bool at_exit, location where) {
    satisfy([&] { error_ = std::move(error); }, at_exit, where);
  }
  // Of a state satisfied "at thread exit"; `self` keeps it alive until then.
  static void ready_at_thread_exit(std::shared_ptr<future_state> self, location where) {
    struct later {
      std::shared_ptr<future_state> state;
      location where;
    };
    sched::at_thread_exit(
        sched::exit_phase::signals,
        [](void* given) {
          const std::unique_ptr<later> at(static_cast<later*>(given));
          const sched::monitor_section here(at->state->monitor_, set, at->where);
          at->state->monitor_.level[0] = 1;
        },
        new later{std::move(self), where});
  }
  // Its promise dies: whoever waits learns that nothing will come.
  void abandon() {
    if (satisfied_ || !retrieved_) return;
    satisfied_ = true;
    error_ = std::make_exception_ptr(std::future_error(future_errc::broken_promise));
    const sched::monitor_section here(monitor_, broken, {});
    monitor_.level[0] = 1;
  }
  void expect_unsatisfied() const {
    if (satisfied_) fail_future(future_errc::promise_already_satisfied);
  }
  // A promise gives one future.
  void retrieve() {
    if (std::exchange(retrieved_, true)) fail_future(future_errc::future_already_retrieved);
  }

  // Returns when it is ready; the first who waits for a deferred function runs it.
  void wait(location where) {
    if (must_run(where)) run();
    detected();
  }
  future_status wait_until(sched::virtual_time deadline, location where) {
    {
      const sched::monitor_section here(monitor_, look, where, deadline);
      if (here.timed_out()) return future_status::timeout;
      if (monitor_.level[0] == 2) return future_status::deferred;
    }
    detected();
    return future_status::ready;
  }
  // Of an execution that is over: its promise is still there, but nobody who could keep it, and a
  // future is still there, too. Whoever drops a promise breaks it; this one was lost.
  [[nodiscard]] bool is_lost() const noexcept {
    return !satisfied_ && retrieved_ && weak_from_this().use_count() > 1;
  }
  void rethrow() const {
    if (error_ != nullptr) std::rethrow_exception(error_);
  }

 protected:
  // That thread, and no other, makes it ready.
  void is_up_to(sched::thread_id thread) noexcept { monitor_.holder = thread; }
  virtual void run() {}       // the deferred function
  virtual void detected() {}  // somebody knows that it is ready: its thread must have ended

 private:
  bool must_run(location where) {
    const sched::monitor_section here(monitor_, deferred_ ? claim : look, where);
    if (monitor_.level[0] != 2) return false;
    monitor_.level[0] = 0;  // the others wait for this thread
    return true;
  }
  static constexpr const char* awaited = "keeps it or breaks it";
  static constexpr const char* in_short = "promise never kept";
  static constexpr sched::monitor_call look{.name = "wait",
                                            .reads = true,
                                            .need = {.which = 0, .least = 1},
                                            .releases = false,
                                            .awaited = awaited,
                                            .in_short = in_short};
  static constexpr sched::monitor_call claim{.name = "wait",
                                             .need = {.which = 0, .least = 1},
                                             .releases = false,
                                             .awaited = awaited,
                                             .in_short = in_short};
  static constexpr sched::monitor_call set{.name = "make ready"};
  static constexpr sched::monitor_call set_at_exit{.name = "set for the thread's exit"};
  static constexpr sched::monitor_call broken{.name = "break the promise of"};
  sched::monitor_object monitor_;
  std::exception_ptr error_;
  const bool deferred_;
  bool satisfied_ = false;
  bool retrieved_ = false;
};

inline const char* lost_promise(const sched::monitor_object& on) {
  return on.as<future_state>().is_lost() ? "a promise was never kept" : nullptr;
}
inline constexpr sched::monitor_type promise_type{.name = "promise", .left_behind = lost_promise};
inline constexpr sched::monitor_type packaged_task_type{.name = "packaged_task",
                                                        .left_behind = lost_promise};
inline constexpr sched::monitor_type async_type{"future"};

// What a future<R> gives: R, R& or nothing, in a state of its own.
template <class R>
struct stored_result {
  using type = R;
  static R take(R* from) { return std::move(*from); }
  static const R& read(const R* from) { return *from; }
  using shared_type = const R&;
};
template <class R>
struct stored_result<R&> {
  using type = R*;
  static R& take(R** from) { return **from; }
  static R& read(R* const* from) { return **from; }
  using shared_type = R&;
};
template <>
struct stored_result<void> {
  struct type {};
  static void take(type*) {}
  static void read(const type*) {}
  using shared_type = void;
};

template <class R>
class result_state : public future_state {
 public:
  using stored = stored_result<R>;
  using value_type = typename stored::type;
  using future_state::future_state;

  // The value is made before the operation: its constructor is the user's.
  template <class... From>
  void set_value(bool at_exit, location where, From&&... from) {
    satisfy_with(make(std::forward<From>(from)...), at_exit, where);
  }
  // `call()` gives the value or throws. A thread that is ended, by a failed check, sets nothing.
  template <class Call>
  void set_result_of(bool at_exit, location where, Call&& call) {
    std::unique_ptr<value_type> made;
    std::exception_ptr error;
    try {
      if constexpr (std::is_void_v<R>) {
        call();
        made = make();
      } else {
        made = make(call());
      }
    } catch (const sched::thread_ended&) {
      throw;
    } catch (...) {
      error = std::current_exception();
    }
    if (error != nullptr) {
      fail(std::move(error), at_exit, where);
    } else {
      satisfy_with(std::move(made), at_exit, where);
    }
  }
  decltype(auto) take() {
    rethrow();
    return stored::take(value_.get());
  }
  decltype(auto) read() const {
    rethrow();
    return stored::read(value_.get());
  }

 private:
  void satisfy_with(std::unique_ptr<value_type> made, bool at_exit, location where) {
    satisfy([&] { value_ = std::move(made); }, at_exit, where);
  }
  static std::unique_ptr<value_type> make() { return std::make_unique<value_type>(); }
  template <class From>
  static std::unique_ptr<value_type> make(From&& from) {
    if constexpr (std::is_reference_v<R>) {
      return std::make_unique<value_type>(std::addressof(from));
    } else {
      return std::make_unique<value_type>(std::forward<From>(from));
    }
  }
  std::unique_ptr<value_type> value_;
};

// What a future, promise or packaged_task refers to. Throws std::future_error, no_state, if
// nothing.
template <class R>
[[nodiscard]] result_state<R>& existing(const std::shared_ptr<result_state<R>>& state) {
  if (state == nullptr) fail_future(future_errc::no_state);
  return *state;
}

}  // namespace detail
}  // namespace heddle
