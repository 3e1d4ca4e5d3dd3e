// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <heddle/sched/monitor.hpp>

namespace heddle::threading {

// What there is to know of a thread, shared by its handle, itself and whoever asks.
// Level 0: its stage.
template <class Backend>
struct thread_state {
  enum stage : std::int32_t { fresh, alive, finished };

  thread_state(std::string called, bool as_daemon, location where)
      : monitor(type, this, where), name(std::move(called)), daemon(as_daemon), created(where) {}

  static constexpr sched::monitor_type type{"thread"};
  typename Backend::monitor monitor;
  std::string name;
  bool daemon;
  location created;
  typename Backend::thread_key key = Backend::nobody;
  std::function<void()> work;
  bool gone = false;  // the object whose run() was to be called has been destroyed
};

// A thread as its observers see it.
template <class Backend>
class basic_thread_view {
 public:
  using state = thread_state<Backend>;
  explicit basic_thread_view(std::shared_ptr<state> of) noexcept : of_(std::move(of)) {}

  [[nodiscard]] const std::string& name() const noexcept { return of_->name; }
  [[nodiscard]] bool daemon() const noexcept { return of_->daemon; }
  // Unique while the thread is alive; nothing before it has started.
  [[nodiscard]] std::optional<std::uint64_t> ident() const noexcept {
    if (of_->key == Backend::nobody) return std::nullopt;
    return of_->key + 1u;
  }
  [[nodiscard]] std::optional<std::uint64_t> native_id() const noexcept { return ident(); }
  [[nodiscard]] bool is_alive(location where = location::current()) const {
    typename Backend::section here(of_->monitor, is_alive_call, where);
    return of_->monitor.level[0] == state::alive;
  }
  friend bool operator==(const basic_thread_view& a, const basic_thread_view& b) noexcept {
    return a.of_ == b.of_;
  }

 private:
  static constexpr sched::monitor_call is_alive_call{.name = "is_alive", .reads = true};
  std::shared_ptr<state> of_;
};

// An exception that a thread did not catch, as the hook is told. Nothing of it is kept afterwards.
template <class Backend>
struct uncaught {
  std::exception_ptr exception;
  std::string type;     // of the exception, as the compiler names it
  std::string message;  // what(), where it has one
  location where;       // of the start of the thread
  basic_thread_view<Backend> thread;
};

// Who is there. One per program; under control as if new in every execution.
template <class Backend>
class registry {
 public:
  using state = thread_state<Backend>;
  using hook = std::function<void(const uncaught<Backend>&)>;

  [[nodiscard]] static registry& of_this_run() {
    if (the_one_.run_ != Backend::run()) the_one_.begin_run();
    (void)at_the_end_;
    return the_one_;
  }

  [[nodiscard]] std::string next_name() {
    const std::lock_guard hold(guard_);
    return "Thread-" + std::to_string(++named_);
  }
  // Within a section that names `monitor` as the one it also changes.
  void enter(const std::shared_ptr<state>& thread) {
    const std::lock_guard hold(guard_);
    threads_[thread->key] = thread;
    ++monitor.level[0];
    if (!thread->daemon) ++monitor.level[1];
  }
  void leave(const state& thread) {
    const std::lock_guard hold(guard_);
    threads_.erase(thread.key);
    --monitor.level[0];
    if (!thread.daemon) --monitor.level[1];
  }
  // Of the calling thread; a thread that the toolkit did not start gets a state now.
  [[nodiscard]] std::shared_ptr<state> current() {
    const std::lock_guard hold(guard_);
    const auto mine = threads_.find(Backend::self());
    if (mine != threads_.end()) return mine->second;
    auto& foreign = foreign_[Backend::self()];
    if (foreign == nullptr) {
      foreign =
          std::make_shared<state>("Foreign-" + std::to_string(foreign_.size()), false, location{});
      foreign->key = Backend::self();
      foreign->monitor.level[0] = state::alive;
    }
    return foreign;
  }
  [[nodiscard]] std::shared_ptr<state> main() const noexcept { return main_; }
  // Threads that are alive, in the order in which they were started; the main one is the first.
  [[nodiscard]] std::vector<basic_thread_view<Backend>> alive() {
    const std::lock_guard hold(guard_);
    std::vector<basic_thread_view<Backend>> all;
    for (const auto& [key, thread] : threads_) all.emplace_back(thread);
    return all;
  }
  void set_hook(hook to) {
    const std::lock_guard hold(guard_);
    hook_ = std::move(to);
  }
  [[nodiscard]] hook current_hook() {
    const std::lock_guard hold(guard_);
    return hook_;
  }

  static constexpr sched::monitor_type type{"registry"};
  typename Backend::monitor monitor;  // level 0: threads started and alive; 1: no daemons of them

 private:
  // A program waits for its threads before its statics die.
  struct farewell {
    explicit farewell(registry& to) noexcept : of(to) {}
    ~farewell() {
      if constexpr (!Backend::explores) {
        typename Backend::section here(of.monitor, exit_call, {}, Backend::never,
                                       {.which = 1, .most = 0});
      }
    }
    static constexpr sched::monitor_call exit_call{.name = "exit", .reads = true};
    registry& of;
  };
  registry() : monitor(type, this, {}) {}
  void begin_run() {
    run_ = Backend::run();
    threads_.clear();
    foreign_.clear();
    named_ = 0;
    hook_ = nullptr;
    monitor.level[0] = monitor.level[1] = 0;
    main_ = std::make_shared<state>("MainThread", false, location{});
    main_->key = Backend::main();
    main_->monitor.level[0] = state::alive;
    threads_[main_->key] = main_;
  }

  // Made before main(): an object that is made in an execution belongs to that one.
  static registry the_one_;
  static const farewell at_the_end_;

  std::mutex guard_;  // never held across an operation
  std::uint32_t run_ = ~0u;
  std::map<typename Backend::thread_key, std::shared_ptr<state>> threads_;
  std::map<typename Backend::thread_key, std::shared_ptr<state>> foreign_;
  std::shared_ptr<state> main_;
  std::uint32_t named_ = 0;
  hook hook_;
};

template <class Backend>
registry<Backend> registry<Backend>::the_one_;
template <class Backend>
const typename registry<Backend>::farewell registry<Backend>::at_the_end_(the_one_);

}  // namespace heddle::threading
