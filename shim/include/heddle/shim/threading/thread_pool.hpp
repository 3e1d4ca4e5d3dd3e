// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <heddle/shim/threading/future.hpp>
#include <heddle/shim/threading/run_thread.hpp>
#include <heddle/shim/threading/work.hpp>

namespace heddle::threading {

// At most `workers` threads that do what they are given, first come, first served. A worker is
// started for each of the first tasks, and reused. Shutdown and the destructor wait for all tasks
// that were accepted. Level 0: tasks that nobody has taken yet, and many more after shutdown, so
// that workers find something to take: their leave.
template <class Backend>
class basic_thread_pool {
 public:
  explicit basic_thread_pool(int workers, std::string name = "Pool",
                             location created = location::current())
      : monitor_(type, this, created), most_(workers), name_(std::move(name)) {
    if (workers < 1) throw usage_error("a pool with less than one worker");
  }
  ~basic_thread_pool() {
    shutdown({});
    Backend::destroy(monitor_, "it destroys a pool that is still in use");
  }
  basic_thread_pool(const basic_thread_pool&) = delete;
  basic_thread_pool& operator=(const basic_thread_pool&) = delete;

  // Throws usage_error after shutdown.
  template <detail::callable F>
  auto submit(F&& work, location where = location::current()) {
    using result = std::decay_t<std::invoke_result_t<std::decay_t<F>&>>;
    auto task = std::make_shared<task_with_result<Backend, result>>(
        detail::bind_work(std::forward<F>(work)), where);
    accept(task, where);
    return basic_future<Backend, result>(task);
  }
  // With arguments; the place is then not known.
  template <class F, class First, class... Args>
  requires(detail::callable<F, First, Args...>) auto submit(F&& work, First&& first,
                                                            Args&&... args) {
    return submit(detail::bind_work(std::forward<F>(work), std::forward<First>(first),
                                    std::forward<Args>(args)...),
                  location{});
  }
  // work(item) for every item; the results in the order of the items. Throws what the first task
  // that failed, in that order, threw.
  template <class Items, class F>
  auto map(const Items& items, F work, location where = location::current()) {
    using result = std::decay_t<std::invoke_result_t<F&, decltype(*std::begin(items))>>;
    std::vector<basic_future<Backend, result>> pending;
    for (const auto& item : items) {
      pending.push_back(submit([work, item]() mutable { return work(item); }, where));
    }
    if constexpr (std::is_void_v<result>) {
      for (auto& each : pending) each.result(where);
    } else {
      std::vector<result> results;
      for (auto& each : pending) results.push_back(each.result(where));
      return results;
    }
  }
  // No more tasks; waits until all accepted ones have been done. May be repeated.
  void shutdown(location where = location::current()) {
    {
      typename Backend::section here(monitor_, shutdown_call, where);
      if (!closed_) monitor_.level[0] += leaves;
      closed_ = true;
    }
    for (auto& worker : workers_) join_thread(*worker, Backend::never, where);
  }
  [[nodiscard]] int workers() const noexcept { return most_; }

  [[nodiscard]] auto& model() noexcept { return monitor_; }

 private:
  using task_pointer = std::shared_ptr<pool_task<Backend>>;
  static constexpr std::int32_t leaves = 1 << 24;

  void accept(task_pointer task, location where) {
    typename Backend::section here(monitor_, submit_call, where, Backend::never, {},
                                   &registry<Backend>::of_this_run().monitor);
    if (closed_) {
      here.fail();
      throw usage_error("submit to a pool that was shut down");
    }
    tasks_.push_back(std::move(task));
    ++monitor_.level[0];
    if (static_cast<int>(workers_.size()) == most_) return;
    const std::string called = name_ + "-" + std::to_string(workers_.size() + 1);
    workers_.push_back(std::make_shared<thread_state<Backend>>(called, false, where));
    launch_thread<Backend>(
        workers_.back(), [this] { serve(); }, where);
  }
  // A worker's life.
  void serve() {
    for (;;) {
      task_pointer next;
      {
        typename Backend::section here(monitor_, take_call, {}, Backend::never, {.least = 1});
        if (tasks_.empty()) return;
        next = std::move(tasks_.front());
        tasks_.pop_front();
        --monitor_.level[0];
      }
      next->execute();
    }
  }
  static void forget(sched::monitor_object& on) {
    auto& pool = on.as<basic_thread_pool>();
    pool.tasks_.clear();
    pool.workers_.clear();
    pool.closed_ = false;
    on.level[0] = 0;
  }

  static constexpr sched::monitor_type type{"thread_pool", forget};
  static constexpr sched::monitor_call submit_call{"submit"};
  static constexpr sched::monitor_call take_call{.name = "take a task",
                                                 .awaited = "submits a task or shuts it down",
                                                 .in_short = "pool never shut down"};
  static constexpr sched::monitor_call shutdown_call{"shutdown"};

  typename Backend::monitor monitor_;
  int most_;
  std::string name_;
  std::deque<task_pointer> tasks_;
  std::vector<std::shared_ptr<thread_state<Backend>>> workers_;
  bool closed_ = false;
};

}  // namespace heddle::threading
