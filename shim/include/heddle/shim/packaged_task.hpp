// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <type_traits>

#include <heddle/shim/future.hpp>

namespace heddle {

namespace detail {

// The function of a packaged_task: called once, kept until its task dies or is reset.
template <class R, class... Args>
struct task_function {
  virtual ~task_function() = default;
  virtual R call(Args... args) = 0;
};
template <class F, class R, class... Args>
struct task_function_of final : task_function<R, Args...> {
  template <class G>
  explicit task_function_of(G&& given) : function(std::forward<G>(given)) {}
  R call(Args... args) override {
    if constexpr (std::is_void_v<R>) {
      std::invoke(function, std::forward<Args>(args)...);
    } else {
      return std::invoke(function, std::forward<Args>(args)...);
    }
  }
  F function;
};

// R(Args...) of a callable, for deduction.
template <class>
struct signature_of;
template <class C, class R, class... A>
struct signature_of<R (C::*)(A...)> {
  using type = R(A...);
};
template <class C, class R, class... A>
struct signature_of<R (C::*)(A...) const> : signature_of<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct signature_of<R (C::*)(A...)&> : signature_of<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct signature_of<R (C::*)(A...) const&> : signature_of<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct signature_of<R (C::*)(A...) noexcept> : signature_of<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct signature_of<R (C::*)(A...) const noexcept> : signature_of<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct signature_of<R (C::*)(A...)& noexcept> : signature_of<R (C::*)(A...)> {};
template <class C, class R, class... A>
struct signature_of<R (C::*)(A...) const& noexcept> : signature_of<R (C::*)(A...)> {};

}  // namespace detail

// std::packaged_task under control: a call makes its future ready with what the function returns or
// throws, in one visible operation after it.
template <class R, class... Args>
class packaged_task<R(Args...)> {
 public:
  packaged_task() noexcept = default;
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, packaged_task>) explicit packaged_task(
      F&& function, location created = location::current())
      : function_(std::make_shared<detail::task_function_of<std::decay_t<F>, R, Args...>>(
            std::forward<F>(function))),
        created_(created),
        state_(make_state()) {}
  packaged_task(packaged_task&&) noexcept = default;
  packaged_task& operator=(packaged_task&& other) noexcept {
    packaged_task(std::move(other)).swap(*this);
    return *this;
  }
  packaged_task(const packaged_task&) = delete;
  packaged_task& operator=(const packaged_task&) = delete;
  ~packaged_task() {
    if (state_ != nullptr) state_->abandon();
  }

  void swap(packaged_task& other) noexcept {
    std::swap(function_, other.function_);
    std::swap(created_, other.created_);
    std::swap(state_, other.state_);
  }
  [[nodiscard]] bool valid() const noexcept { return state_ != nullptr; }
  // Throws std::future_error: future_already_retrieved, or no_state.
  [[nodiscard]] future<R> get_future() {
    state().retrieve();
    return future<R>(state_);
  }
  // A second call throws promise_already_satisfied.
  void operator()(Args... args) { call(false, std::forward<Args>(args)...); }
  void make_ready_at_thread_exit(Args... args) { call(true, std::forward<Args>(args)...); }
  void reset() {
    (void)state();  // or throw
    packaged_task fresh;
    fresh.function_ = function_;
    fresh.created_ = created_;
    fresh.state_ = make_state();
    *this = std::move(fresh);
  }

 private:
  [[nodiscard]] detail::result_state<R>& state() const { return detail::existing(state_); }
  [[nodiscard]] auto make_state() const {
    return std::make_shared<detail::result_state<R>>(detail::packaged_task_type, false, created_);
  }
  void call(bool at_exit, Args... args) {
    const auto kept = state_;
    state().expect_unsatisfied();
    state().set_result_of(at_exit, created_,
                          [&]() -> R { return function_->call(std::forward<Args>(args)...); });
    if (at_exit) detail::future_state::ready_at_thread_exit(kept, created_);
  }
  std::shared_ptr<detail::task_function<R, Args...>> function_;
  location created_;
  std::shared_ptr<detail::result_state<R>> state_;
};

template <class R, class... Args>
packaged_task(R (*)(Args...)) -> packaged_task<R(Args...)>;
template <class F>
packaged_task(F) -> packaged_task<typename detail::signature_of<decltype(&F::operator())>::type>;

template <class R, class... Args>
void swap(packaged_task<R(Args...)>& a, packaged_task<R(Args...)>& b) noexcept {
  a.swap(b);
}

}  // namespace heddle
