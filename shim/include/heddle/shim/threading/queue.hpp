// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <heddle/sched/monitor.hpp>
#include <heddle/shim/threading/errors.hpp>

namespace heddle::threading {

// The orders in which items leave a queue. Items are moved as pointers, so that no code of the
// user's runs in the middle of a call, except a priority's comparison.
template <class T>
class fifo_order {
 public:
  void push(std::unique_ptr<T> item) { items_.push_back(std::move(item)); }
  std::unique_ptr<T> pop() {
    std::unique_ptr<T> first = std::move(items_.front());
    items_.pop_front();
    return first;
  }
  void clear() { items_.clear(); }
  static constexpr const char* name = "queue";

 private:
  std::deque<std::unique_ptr<T>> items_;
};

template <class T>
class lifo_order {
 public:
  void push(std::unique_ptr<T> item) { items_.push_back(std::move(item)); }
  std::unique_ptr<T> pop() {
    std::unique_ptr<T> last = std::move(items_.back());
    items_.pop_back();
    return last;
  }
  void clear() { items_.clear(); }
  static constexpr const char* name = "lifo_queue";

 private:
  std::vector<std::unique_ptr<T>> items_;
};

// The least first, by Less; equal ones in the order in which they came.
template <class T, class Less>
class priority_order {
 public:
  void push(std::unique_ptr<T> item) {
    items_.push_back({std::move(item), ++pushed_});
    std::push_heap(items_.begin(), items_.end(), after);
  }
  std::unique_ptr<T> pop() {
    std::pop_heap(items_.begin(), items_.end(), after);
    std::unique_ptr<T> least = std::move(items_.back().item);
    items_.pop_back();
    return least;
  }
  void clear() { items_.clear(); }
  static constexpr const char* name = "priority_queue";

 private:
  struct entry {
    std::unique_ptr<T> item;
    std::uint64_t number;
  };
  static bool after(const entry& a, const entry& b) {
    const Less less;
    if (less(*b.item, *a.item)) return true;
    return !less(*a.item, *b.item) && b.number < a.number;
  }
  std::vector<entry> items_;
  std::uint64_t pushed_ = 0;
};

// Items handed from thread to thread, at most `capacity` of them at a time (0: any number).
// Whoever has taken an item and is done with it says task_done(); join() waits until that has been
// said of all. Level 0: items. Level 1: unfinished tasks.
template <class Backend, class T, class Order>
class basic_queue {
 public:
  using value_type = T;

  explicit basic_queue(int capacity = 0, location created = location::current())
      : monitor_(type, this, created), capacity_(capacity) {
    if (capacity < 0) throw usage_error("a queue with a negative capacity");
  }
  ~basic_queue() {
    Backend::destroy(monitor_, "it destroys a queue for which a thread still waits");
  }
  basic_queue(const basic_queue&) = delete;
  basic_queue& operator=(const basic_queue&) = delete;

  // Waits for room.
  void put(T value, location where = location::current()) {
    auto item = std::make_unique<T>(std::move(value));
    typename Backend::section here(monitor_, put_call, where, Backend::never, room());
    add(std::move(item));
  }
  // False: full.
  bool try_put(T value, location where = location::current()) {
    auto item = std::make_unique<T>(std::move(value));
    typename Backend::section here(monitor_, try_put_call, where);
    if (!room().contains(monitor_.level[0])) return here.fail();
    add(std::move(item));
    return true;
  }
  // False: there was no room in time.
  template <class Rep, class Period>
  bool put_for(T value, const std::chrono::duration<Rep, Period>& time,
               location where = location::current()) {
    auto item = std::make_unique<T>(std::move(value));
    typename Backend::section here(monitor_, put_call, where, Backend::in(time), room());
    if (here.timed_out()) return false;
    add(std::move(item));
    return true;
  }
  // Throws queue_full.
  void put_nowait(T value, location where = location::current()) {
    if (!try_put(std::move(value), where)) throw queue_full();
  }

  // Waits for an item.
  T get(location where = location::current()) {
    std::unique_ptr<T> item;
    {
      typename Backend::section here(monitor_, get_call, where, Backend::never, some);
      item = take();
    }
    return std::move(*item);
  }
  // Nothing: empty.
  std::optional<T> try_get(location where = location::current()) {
    std::unique_ptr<T> item;
    {
      typename Backend::section here(monitor_, try_get_call, where);
      if (monitor_.level[0] == 0) {
        here.fail();
      } else {
        item = take();
      }
    }
    return item == nullptr ? std::nullopt : std::optional<T>(std::move(*item));
  }
  // Nothing: no item came in time.
  template <class Rep, class Period>
  std::optional<T> get_for(const std::chrono::duration<Rep, Period>& time,
                           location where = location::current()) {
    std::unique_ptr<T> item;
    {
      typename Backend::section here(monitor_, get_call, where, Backend::in(time), some);
      if (!here.timed_out()) item = take();
    }
    return item == nullptr ? std::nullopt : std::optional<T>(std::move(*item));
  }
  // Throws queue_empty.
  T get_nowait(location where = location::current()) {
    std::optional<T> item = try_get(where);
    if (!item) throw queue_empty();
    return std::move(*item);
  }

  // Throws usage_error if it is said more often than items were put.
  void task_done(location where = location::current()) {
    typename Backend::section here(monitor_, task_done_call, where);
    if (monitor_.level[1] == 0) {
      here.fail();
      throw usage_error("task_done more often than items were put into the queue");
    }
    --monitor_.level[1];
  }
  void join(location where = location::current()) {
    typename Backend::section here(monitor_, join_call, where, Backend::never, all_done);
  }
  template <class Rep, class Period>
  bool join_for(const std::chrono::duration<Rep, Period>& time,
                location where = location::current()) {
    typename Backend::section here(monitor_, join_call, where, Backend::in(time), all_done);
    return !here.timed_out();
  }

  // Hints only: true of the moment in which they were asked.
  [[nodiscard]] int size(location where = location::current()) {
    typename Backend::section here(monitor_, size_call, where);
    return monitor_.level[0];
  }
  [[nodiscard]] bool empty(location where = location::current()) { return size(where) == 0; }
  [[nodiscard]] bool full(location where = location::current()) {
    return !room().contains(size(where));
  }
  [[nodiscard]] int capacity() const noexcept { return capacity_; }

  [[nodiscard]] auto& model() noexcept { return monitor_; }

 private:
  [[nodiscard]] sched::level_range room() const noexcept {
    if (capacity_ == 0) return {};
    return {.most = capacity_ - 1};
  }
  void add(std::unique_ptr<T> item) {
    items_.push(std::move(item));
    ++monitor_.level[0];
    ++monitor_.level[1];
  }
  std::unique_ptr<T> take() {
    --monitor_.level[0];
    return items_.pop();
  }
  static void empty_it(sched::monitor_object& on) {
    on.as<basic_queue>().items_.clear();
    on.level[0] = on.level[1] = 0;
  }

  static constexpr sched::monitor_type type{Order::name, empty_it};
  static constexpr sched::level_range some{.least = 1};
  static constexpr sched::level_range all_done{.which = 1, .most = 0};
  static constexpr sched::monitor_call put_call{
      .name = "put", .awaited = "takes an item out of it", .in_short = "queue stays full"};
  static constexpr sched::monitor_call try_put_call{"try_put"};
  static constexpr sched::monitor_call get_call{
      .name = "get", .awaited = "puts an item into it", .in_short = "queue stays empty"};
  static constexpr sched::monitor_call try_get_call{"try_get"};
  static constexpr sched::monitor_call task_done_call{"task_done"};
  static constexpr sched::monitor_call join_call{.name = "join",
                                                 .reads = true,
                                                 .awaited = "says task_done for what is left",
                                                 .in_short = "queue short of a task_done"};
  static constexpr sched::monitor_call size_call{.name = "size", .reads = true};

  typename Backend::monitor monitor_;
  int capacity_;
  Order items_;
};

}  // namespace heddle::threading
