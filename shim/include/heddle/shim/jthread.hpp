// SPDX-License-Identifier: MIT
#pragma once

#include <type_traits>
#include <utility>

#include <heddle/shim/stop_token.hpp>
#include <heddle/shim/thread.hpp>

namespace heddle {

// std::jthread under control: when destroyed or assigned to, it requests a stop and joins. Its
// function gets a stop_token as its first argument if it takes one.
class jthread {
 public:
  using id = thread::id;
  using native_handle_type = thread::native_handle_type;

  jthread() noexcept : source_(nostopstate) {}
  template <class F>
  requires(detail::thread_function<F, jthread>) explicit jthread(
      F&& function, location where = location::current())
      : source_(where), thread_(start(named({}, where), std::forward<F>(function))) {}
  template <class F, class First, class... Args>
  requires(detail::thread_function<F, jthread> &&
           !std::is_same_v<First, location>) explicit jthread(F&& function, First&& first,
                                                              Args&&... args)
      : source_(location{}),
        thread_(start(named({}, location{}), std::forward<F>(function), std::forward<First>(first),
                      std::forward<Args>(args)...)) {}
  template <class F, class... Args>
  explicit jthread(named label, F&& function, Args&&... args)
      : source_(label.where),
        thread_(start(label, std::forward<F>(function), std::forward<Args>(args)...)) {}
  ~jthread() { finish(); }
  jthread(jthread&&) noexcept = default;
  jthread& operator=(jthread&& other) noexcept {
    if (this != &other) {
      finish();
      source_ = std::move(other.source_);
      thread_ = std::move(other.thread_);
    }
    return *this;
  }
  jthread(const jthread&) = delete;
  jthread& operator=(const jthread&) = delete;

  [[nodiscard]] bool joinable() const noexcept { return thread_.joinable(); }
  [[nodiscard]] id get_id() const noexcept { return thread_.get_id(); }
  [[nodiscard]] native_handle_type native_handle() const noexcept {
    return thread_.native_handle();
  }
  void join(location where = location::current()) { thread_.join(where); }
  void detach() { thread_.detach(); }
  void swap(jthread& other) noexcept {
    source_.swap(other.source_);
    thread_.swap(other.thread_);
  }
  friend void swap(jthread& a, jthread& b) noexcept { a.swap(b); }
  [[nodiscard]] stop_source get_stop_source() noexcept { return source_; }
  [[nodiscard]] stop_token get_stop_token() const noexcept { return source_.get_token(); }
  bool request_stop(location where = location::current()) noexcept {
    return source_.request_stop(where);
  }
  [[nodiscard]] static unsigned hardware_concurrency() noexcept {
    return thread::hardware_concurrency();
  }

 private:
  template <class F, class... Args>
  thread start(named label, F&& function, Args&&... args) {
    if constexpr (std::is_invocable_v<std::decay_t<F>, stop_token, std::decay_t<Args>...>) {
      return thread(label, std::forward<F>(function), source_.get_token(),
                    std::forward<Args>(args)...);
    } else {
      return thread(label, std::forward<F>(function), std::forward<Args>(args)...);
    }
  }
  void finish() {
    if (!thread_.joinable()) return;
    source_.request_stop({});
    thread_.join({});
  }
  stop_source source_;
  thread thread_;
};

}  // namespace heddle
