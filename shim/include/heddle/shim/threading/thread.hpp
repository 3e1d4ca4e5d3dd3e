// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>

#include <heddle/shim/threading/errors.hpp>
#include <heddle/shim/threading/run_thread.hpp>
#include <heddle/shim/threading/work.hpp>

namespace heddle::threading {

// What a thread is given besides its work.
struct thread_options {
  std::string name = {};            // empty: Thread-N, counted from 1
  std::optional<bool> daemon = {};  // nothing: as its creator
};

// A thread that is made first and started later: with a callable and arguments, or as a subclass
// that overrides run(). Its start, its end and every question about it are visible operations.
// At the end of the body (of the program) every thread is waited for that is no daemon, whether or
// not its handle still exists. A subclass must not be destroyed while its thread is alive.
template <class Backend>
class basic_thread {
 public:
  using view = basic_thread_view<Backend>;

  explicit basic_thread(location created = location::current())
      : basic_thread(thread_options{}, created) {}
  explicit basic_thread(thread_options how, location created = location::current())
      : state_(make(std::move(how), created)) {}
  template <detail::callable F>
  explicit basic_thread(F&& work, location created = location::current())
      : basic_thread(thread_options{}, std::forward<F>(work), created) {}
  template <detail::callable F>
  basic_thread(thread_options how, F&& work, location created = location::current())
      : state_(make(std::move(how), created)) {
    state_->work = detail::bind_work(std::forward<F>(work));
  }
  // With arguments; the place of creation is then not known.
  template <class F, class First, class... Args>
  requires(detail::callable<F, First, Args...>) explicit basic_thread(F&& work, First&& first,
                                                                      Args&&... args)
      : state_(make({}, {})) {
    state_->work = detail::bind_work(std::forward<F>(work), std::forward<First>(first),
                                     std::forward<Args>(args)...);
  }
  basic_thread(const basic_thread&) = delete;
  basic_thread& operator=(const basic_thread&) = delete;
  virtual ~basic_thread() {
    if (own_run_ && state_->monitor.level[0] == state::alive) {
      Backend::misuse("a thread object whose class overrides run() is destroyed while it runs",
                      state_->created);
      state_->gone = true;
    }
  }

  // What the thread does. Calling it directly does it in the caller.
  virtual void run() {
    if (state_->work) state_->work();
  }
  // Throws usage_error the second time, also after the end.
  void start(location where = location::current()) {
    own_run_ = typeid(*this) != typeid(basic_thread);
    start_thread<Backend>(state_,
                          own_run_ ? std::function<void()>([this, state = state_.get()] {
                            if (!state->gone) run();
                          })
                                   : nullptr,
                          where);
  }
  // Waits for the end; may be repeated. Throws usage_error for a thread that was not started, and
  // for the calling one.
  void join(location where = location::current()) { join_thread(*state_, Backend::never, where); }
  // Returns whether it has ended.
  template <class Rep, class Period>
  bool join_for(const std::chrono::duration<Rep, Period>& time,
                location where = location::current()) {
    return join_thread(*state_, Backend::in(time), where);
  }
  // False before the start, true while it runs, false after.
  [[nodiscard]] bool is_alive(location where = location::current()) const {
    return as_view().is_alive(where);
  }
  [[nodiscard]] const std::string& name() const noexcept { return state_->name; }
  void set_name(std::string to) {
    state_->name = std::move(to);
    Backend::rename(state_->key, state_->name);
  }
  [[nodiscard]] bool daemon() const noexcept { return state_->daemon; }
  // Throws usage_error after the start.
  void set_daemon(bool to) {
    if (state_->monitor.level[0] != state::fresh) {
      throw usage_error("daemon of a thread that was started cannot be set");
    }
    state_->daemon = to;
  }
  [[nodiscard]] std::optional<std::uint64_t> ident() const noexcept { return as_view().ident(); }
  [[nodiscard]] std::optional<std::uint64_t> native_id() const noexcept { return ident(); }
  [[nodiscard]] view as_view() const noexcept { return view(state_); }

  [[nodiscard]] auto& model() noexcept { return state_->monitor; }

 private:
  using state = thread_state<Backend>;
  static std::shared_ptr<state> make(thread_options how, location created) {
    auto& all = registry<Backend>::of_this_run();
    const bool daemon = how.daemon ? *how.daemon : all.current()->daemon;
    return std::make_shared<state>(how.name.empty() ? all.next_name() : std::move(how.name), daemon,
                                   created);
  }
  std::shared_ptr<state> state_;
  bool own_run_ = false;
};

}  // namespace heddle::threading
