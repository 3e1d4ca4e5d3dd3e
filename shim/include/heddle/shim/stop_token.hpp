// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <stop_token>
#include <type_traits>
#include <utility>

#include <heddle/shim/stop_state.hpp>

namespace heddle {

using std::nostopstate;
using std::nostopstate_t;

template <class Callback>
class stop_callback;

// std::stop_token under control.
class stop_token {
 public:
  stop_token() noexcept = default;
  [[nodiscard]] bool stop_requested(location where = location::current()) const noexcept {
    return state_ != nullptr && state_->stop_requested(where);
  }
  [[nodiscard]] bool stop_possible(location where = location::current()) const noexcept {
    return state_ != nullptr && state_->stop_possible(where);
  }
  void swap(stop_token& other) noexcept { state_.swap(other.state_); }
  friend void swap(stop_token& a, stop_token& b) noexcept { a.swap(b); }
  friend bool operator==(const stop_token&, const stop_token&) noexcept = default;

 private:
  friend class stop_source;
  template <class>
  friend class stop_callback;
  explicit stop_token(std::shared_ptr<detail::stop_state> of) noexcept : state_(std::move(of)) {}
  std::shared_ptr<detail::stop_state> state_;
};

// std::stop_source under control.
class stop_source {
 public:
  explicit stop_source(location created = location::current())
      : state_(std::make_shared<detail::stop_state>(created)) {
    state_->add_source();
  }
  explicit stop_source(nostopstate_t) noexcept {}
  stop_source(const stop_source& other) noexcept : state_(other.state_) {
    if (state_ != nullptr) state_->add_source();
  }
  stop_source(stop_source&& other) noexcept = default;
  stop_source& operator=(const stop_source& other) noexcept {
    stop_source(other).swap(*this);
    return *this;
  }
  stop_source& operator=(stop_source&& other) noexcept {
    stop_source(std::move(other)).swap(*this);
    return *this;
  }
  ~stop_source() {
    if (state_ != nullptr) state_->drop_source();
  }

  [[nodiscard]] stop_token get_token() const noexcept { return stop_token(state_); }
  [[nodiscard]] bool stop_possible() const noexcept { return state_ != nullptr; }
  [[nodiscard]] bool stop_requested(location where = location::current()) const noexcept {
    return state_ != nullptr && state_->stop_requested(where);
  }
  bool request_stop(location where = location::current()) noexcept {
    return state_ != nullptr && state_->request_stop(where);
  }
  void swap(stop_source& other) noexcept { state_.swap(other.state_); }
  friend void swap(stop_source& a, stop_source& b) noexcept { a.swap(b); }
  friend bool operator==(const stop_source&, const stop_source&) noexcept = default;

 private:
  std::shared_ptr<detail::stop_state> state_;
};

// std::stop_callback under control. Its destructor waits for the callback while that runs in
// another thread, and does not where it runs in this one.
template <class Callback>
class stop_callback {
 public:
  using callback_type = Callback;

  template <class C>
  requires(std::is_constructible_v<Callback, C>) explicit stop_callback(
      const stop_token& token, C&& callback,
      location where = location::current()) noexcept(std::is_nothrow_constructible_v<Callback, C>)
      : callback_(std::forward<C>(callback)), where_(where) {
    listen(token.state_);
  }
  template <class C>
  requires(std::is_constructible_v<Callback, C>) explicit stop_callback(
      stop_token&& token, C&& callback,
      location where = location::current()) noexcept(std::is_nothrow_constructible_v<Callback, C>)
      : callback_(std::forward<C>(callback)), where_(where) {
    listen(std::move(token.state_));
  }
  stop_callback(const stop_callback&) = delete;
  stop_callback& operator=(const stop_callback&) = delete;
  ~stop_callback() {
    if (state_ != nullptr) state_->remove(entry_, where_);
  }

 private:
  struct entry : detail::stop_state::callback {
    stop_callback* self = nullptr;
  };
  void listen(std::shared_ptr<detail::stop_state> state) {
    if (state == nullptr) return;
    entry_.self = this;
    entry_.call = [](detail::stop_state::callback& at) {
      std::forward<Callback>(static_cast<entry&>(at).self->callback_)();
    };
    bool requested = false;
    if (state->add(entry_, requested, where_)) {
      state_ = std::move(state);
    } else if (requested) {
      detail::stop_state::run(entry_);
    }
  }
  Callback callback_;
  location where_;
  entry entry_;
  std::shared_ptr<detail::stop_state> state_;
};

template <class Callback>
stop_callback(stop_token, Callback) -> stop_callback<Callback>;

}  // namespace heddle
