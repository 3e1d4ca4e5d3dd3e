// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/future_state.hpp>

namespace heddle {

template <class R>
class shared_future;
template <class R>
class promise;
template <class Signature>
class packaged_task;

namespace detail {

// What future and shared_future have in common. Calls on one without a state throw
// std::future_error with no_state.
template <class R>
class any_future {
 public:
  [[nodiscard]] bool valid() const noexcept { return state_ != nullptr; }
  void wait(location where = location::current()) const { state().wait(where); }
  template <class Rep, class Period>
  future_status wait_for(const std::chrono::duration<Rep, Period>& time,
                         location where = location::current()) const {
    return state().wait_until(from_now(time), where);
  }
  template <class Clock, class Duration>
  future_status wait_until(const std::chrono::time_point<Clock, Duration>& deadline,
                           location where = location::current()) const {
    return state().wait_until(to_virtual(deadline), where);
  }

 protected:
  any_future() noexcept = default;
  explicit any_future(std::shared_ptr<result_state<R>> of) noexcept : state_(std::move(of)) {}
  [[nodiscard]] result_state<R>& state() const { return existing(state_); }
  std::shared_ptr<result_state<R>> state_;
};

}  // namespace detail

// std::future under control. Waiting is one visible operation; get too, where the value is there.
template <class R>
class [[nodiscard]] future : public detail::any_future<R> {
  using base = detail::any_future<R>;

 public:
  future() noexcept = default;
  future(future&&) noexcept = default;
  future& operator=(future&& other) noexcept {
    base::operator=(future(std::move(other)).as_base());  // `other` has no state afterwards
    return *this;
  }
  future(const future&) = delete;
  future& operator=(const future&) = delete;

  R get(location where = location::current()) {
    const auto state = this->state_;  // released when the value has been taken
    this->state().wait(where);
    this->state_.reset();
    return state->take();
  }
  shared_future<R> share() noexcept { return shared_future<R>(std::move(*this)); }

  // Of a promise, a task or a call.
  explicit future(std::shared_ptr<detail::result_state<R>> of) noexcept : base(std::move(of)) {}

 private:
  friend class shared_future<R>;
  base&& as_base() noexcept { return static_cast<base&&>(*this); }
};

// std::shared_future under control: several threads may wait for the same, through copies.
template <class R>
class shared_future : public detail::any_future<R> {
  using base = detail::any_future<R>;

 public:
  shared_future() noexcept = default;
  shared_future(const shared_future&) noexcept = default;
  shared_future(shared_future&&) noexcept = default;
  shared_future(future<R>&& of) noexcept : base(std::move(of.as_base())) {}
  shared_future& operator=(const shared_future&) noexcept = default;
  shared_future& operator=(shared_future&&) noexcept = default;

  typename detail::stored_result<R>::shared_type get(location where = location::current()) const {
    this->state().wait(where);
    return this->state().read();
  }
};

}  // namespace heddle
