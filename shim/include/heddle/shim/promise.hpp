// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <heddle/shim/future.hpp>

namespace heddle {

namespace detail {

// What the promises of values, references and nothing have in common.
template <class R>
class any_promise {
 public:
  explicit any_promise(location created = location::current())
      : state_(std::make_shared<result_state<R>>(promise_type, false, created)) {}
  template <class Allocator>
  any_promise(std::allocator_arg_t, const Allocator& from, location created = location::current())
      : state_(std::allocate_shared<result_state<R>>(from, promise_type, false, created)) {}
  any_promise(any_promise&&) noexcept = default;
  any_promise& operator=(any_promise&& other) noexcept {
    any_promise(std::move(other)).exchange(*this);
    return *this;
  }
  any_promise(const any_promise&) = delete;
  any_promise& operator=(const any_promise&) = delete;
  ~any_promise() {
    if (state_ != nullptr) state_->abandon();
  }

  // Throws std::future_error: future_already_retrieved, or no_state after a move.
  [[nodiscard]] future<R> get_future() {
    state().retrieve();
    return future<R>(state_);
  }
  // These throw promise_already_satisfied where a result has been set before.
  void set_exception(std::exception_ptr error, location where = location::current()) {
    state().fail(std::move(error), false, where);
  }
  void set_exception_at_thread_exit(std::exception_ptr error,
                                    location where = location::current()) {
    state().fail(std::move(error), true, where);
    future_state::ready_at_thread_exit(state_, where);
  }

 protected:
  template <class... From>
  void set(bool at_exit, location where, From&&... from) {
    state().set_value(at_exit, where, std::forward<From>(from)...);
    if (at_exit) future_state::ready_at_thread_exit(state_, where);
  }
  void exchange(any_promise& other) noexcept { state_.swap(other.state_); }

 private:
  [[nodiscard]] result_state<R>& state() const { return existing(state_); }
  std::shared_ptr<result_state<R>> state_;
};

}  // namespace detail

// std::promise under control. Setting a result is one visible operation; so is the death of a
// promise whose future has been taken and that has set none.
template <class R>
class promise : public detail::any_promise<R> {
 public:
  explicit promise(location created = location::current()) : detail::any_promise<R>(created) {}
  template <class Allocator>
  promise(std::allocator_arg_t, const Allocator& from, location created = location::current())
      : detail::any_promise<R>(std::allocator_arg, from, created) {}
  void swap(promise& other) noexcept { this->exchange(other); }
  void set_value(const R& value, location where = location::current()) {
    this->set(false, where, value);
  }
  void set_value(R&& value, location where = location::current()) {
    this->set(false, where, std::move(value));
  }
  void set_value_at_thread_exit(const R& value, location where = location::current()) {
    this->set(true, where, value);
  }
  void set_value_at_thread_exit(R&& value, location where = location::current()) {
    this->set(true, where, std::move(value));
  }
};

template <class R>
class promise<R&> : public detail::any_promise<R&> {
 public:
  explicit promise(location created = location::current()) : detail::any_promise<R&>(created) {}
  template <class Allocator>
  promise(std::allocator_arg_t, const Allocator& from, location created = location::current())
      : detail::any_promise<R&>(std::allocator_arg, from, created) {}
  void swap(promise& other) noexcept { this->exchange(other); }
  void set_value(R& value, location where = location::current()) { this->set(false, where, value); }
  void set_value_at_thread_exit(R& value, location where = location::current()) {
    this->set(true, where, value);
  }
};

template <>
class promise<void> : public detail::any_promise<void> {
 public:
  explicit promise(location created = location::current()) : detail::any_promise<void>(created) {}
  template <class Allocator>
  promise(std::allocator_arg_t, const Allocator& from, location created = location::current())
      : detail::any_promise<void>(std::allocator_arg, from, created) {}
  void swap(promise& other) noexcept { this->exchange(other); }
  void set_value(location where = location::current()) { this->set(false, where); }
  void set_value_at_thread_exit(location where = location::current()) { this->set(true, where); }
};

template <class R>
void swap(promise<R>& a, promise<R>& b) noexcept {
  a.swap(b);
}

}  // namespace heddle

template <class R, class Allocator>
struct std::uses_allocator<heddle::promise<R>, Allocator> : std::true_type {};
