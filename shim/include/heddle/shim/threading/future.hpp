// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <heddle/sched/monitor.hpp>
#include <heddle/shim/threading/errors.hpp>

namespace heddle::threading {

// Work given to a pool, and what became of it. Level 0: its stage.
template <class Backend>
class pool_task {
 public:
  enum stage : std::int32_t { waiting, running, done, cancelled };

  explicit pool_task(location where) : monitor(type, this, where) {}
  virtual ~pool_task() = default;
  pool_task(const pool_task&) = delete;
  pool_task& operator=(const pool_task&) = delete;

  // By a worker. Does nothing for a task that was cancelled.
  void execute() {
    {
      typename Backend::section here(monitor, begin_call, {});
      if (monitor.level[0] != waiting) {
        here.fail();
        return;
      }
      monitor.level[0] = running;
    }
    try {
      compute();
    } catch (const typename Backend::passed_on&) {
      finish();
      throw;
    } catch (...) {
      exception = std::current_exception();
    }
    finish();
  }

  static constexpr sched::monitor_type type{"future"};
  typename Backend::monitor monitor;
  std::exception_ptr exception;

 private:
  virtual void compute() = 0;
  void finish() {
    typename Backend::section here(monitor, finish_call, {});
    monitor.level[0] = done;
  }
  static constexpr sched::monitor_call begin_call{"begin"};
  static constexpr sched::monitor_call finish_call{"finish"};
};

template <class Backend, class Result>
class task_with_result : public pool_task<Backend> {
 public:
  task_with_result(std::function<Result()> work, location where)
      : pool_task<Backend>(where), work_(std::move(work)) {}
  std::optional<Result> result;

 private:
  void compute() override { result.emplace(work_()); }
  std::function<Result()> work_;
};
template <class Backend>
class task_with_result<Backend, void> : public pool_task<Backend> {
 public:
  task_with_result(std::function<void()> work, location where)
      : pool_task<Backend>(where), work_(std::move(work)) {}

 private:
  void compute() override { work_(); }
  std::function<void()> work_;
};

// The result of a task that a pool runs; may be copied, and asked as often as one likes.
template <class Backend, class Result>
class basic_future {
 public:
  using task = task_with_result<Backend, Result>;
  explicit basic_future(std::shared_ptr<task> of) noexcept : task_(std::move(of)) {}

  // Waits for it. Throws what the task threw, or cancelled_error.
  Result result(location where = location::current()) {
    (void)wait_until(Backend::never, where);
    return value();
  }
  // The same, or timeout_error if it did not come in time.
  template <class Rep, class Period>
  Result result_for(const std::chrono::duration<Rep, Period>& time,
                    location where = location::current()) {
    if (!wait_until(Backend::in(time), where)) throw timeout_error();
    return value();
  }
  void wait(location where = location::current()) { (void)wait_until(Backend::never, where); }
  // Returns whether it is done, or cancelled.
  template <class Rep, class Period>
  bool wait_for(const std::chrono::duration<Rep, Period>& time,
                location where = location::current()) {
    return wait_until(Backend::in(time), where);
  }
  // Waits for it. Null: it ended without one. Throws cancelled_error.
  std::exception_ptr exception(location where = location::current()) {
    (void)wait_until(Backend::never, where);
    if (task_->monitor.level[0] == task::cancelled) throw cancelled_error();
    return task_->exception;
  }
  [[nodiscard]] bool done(location where = location::current()) {
    return stage(where) >= task::done;
  }
  [[nodiscard]] bool running(location where = location::current()) {
    return stage(where) == task::running;
  }
  [[nodiscard]] bool cancelled(location where = location::current()) {
    return stage(where) == task::cancelled;
  }
  // True: it will never run. False: it runs, or has run.
  bool cancel(location where = location::current()) {
    typename Backend::section here(task_->monitor, cancel_call, where);
    if (task_->monitor.level[0] == task::cancelled) return true;
    if (task_->monitor.level[0] != task::waiting) return here.fail();
    task_->monitor.level[0] = task::cancelled;
    return true;
  }

  [[nodiscard]] auto& model() noexcept { return task_->monitor; }

 private:
  bool wait_until(typename Backend::moment deadline, location where) {
    typename Backend::section here(task_->monitor, wait_call, where, deadline,
                                   {.least = task::done});
    return !here.timed_out();
  }
  std::int32_t stage(location where) {
    typename Backend::section here(task_->monitor, stage_call, where);
    return task_->monitor.level[0];
  }
  Result value() {
    if (task_->monitor.level[0] == task::cancelled) throw cancelled_error();
    if (task_->exception) std::rethrow_exception(task_->exception);
    if constexpr (!std::is_void_v<Result>) return *task_->result;
  }
  static constexpr sched::monitor_call wait_call{.name = "result",
                                                 .reads = true,
                                                 .awaited = "finishes its task",
                                                 .in_short = "task never finished"};
  static constexpr sched::monitor_call stage_call{.name = "done", .reads = true};
  static constexpr sched::monitor_call cancel_call{"cancel"};

  std::shared_ptr<task> task_;
};

}  // namespace heddle::threading
