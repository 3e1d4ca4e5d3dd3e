// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <tuple>
#include <type_traits>

#include <heddle/sched/thread_hooks.hpp>
#include <heddle/shim/future.hpp>
#include <heddle/shim/thread.hpp>

namespace heddle {

namespace detail {

// The decayed copies of a function and its arguments.
template <class R, class... Parts>
class deferred_call : public result_state<R> {
 public:
  template <class... Given>
  deferred_call(bool deferred, location created, Given&&... given)
      : result_state<R>(async_type, deferred, created),
        created_(created),
        parts_(std::in_place, std::forward<Given>(given)...) {}

 protected:
  void run() override {
    this->set_result_of(false, created_, [this]() -> R {
      return std::apply(
          [](auto&&... part) -> R { return std::invoke(std::forward<decltype(part)>(part)...); },
          std::move(*parts_));
    });
    parts_.reset();
  }
  location created_;

 private:
  std::optional<std::tuple<Parts...>> parts_;
};

// The same in a thread of its own. Who learns that it is ready, and who drops the last future,
// waits for the end of the thread.
template <class R, class... Parts>
class asynchronous_call final : public deferred_call<R, Parts...> {
 public:
  template <class... Given>
  explicit asynchronous_call(location created, Given&&... given)
      : deferred_call<R, Parts...>(false, created, std::forward<Given>(given)...),
        thread_(
            [this] {
              this->is_up_to(sched::this_thread());
              this->run();
            },
            created) {}
  ~asynchronous_call() override { asynchronous_call::detected(); }

 protected:
  void detected() override {
    if (thread_.joinable()) thread_.join(this->created_);
  }

 private:
  thread thread_;
};

template <class... Given>
auto async_at(location where, launch policy, Given&&... given) {
  using R = typename std::invoke_result<std::decay_t<Given>...>::type;
  const bool both = (policy & launch::async) != launch{} && (policy & launch::deferred) != launch{};
  const bool deferred = both ? sched::defers_async(where) : (policy & launch::async) == launch{};
  std::shared_ptr<result_state<R>> made;
  if (deferred) {
    made = std::make_shared<deferred_call<R, std::decay_t<Given>...>>(
        true, where, std::forward<Given>(given)...);
  } else {
    made = std::make_shared<asynchronous_call<R, std::decay_t<Given>...>>(
        where, std::forward<Given>(given)...);
  }
  return future<R>(std::move(made));
}

template <class T>
concept not_location = !std::is_same_v<std::remove_cvref_t<T>, location>;
template <class T>
concept not_launch = !std::is_same_v<std::remove_cvref_t<T>, launch>;

}  // namespace detail

// As std::async. Without a policy, or with both, the implementation may defer the call: Heddle does
// so at most options.deferred_asyncs times in an execution. A call with arguments cannot tell where
// it stands.
template <detail::not_launch F>
[[nodiscard]] auto async(F&& function, location where = location::current()) {
  return detail::async_at(where, launch::async | launch::deferred, std::forward<F>(function));
}
template <detail::not_launch F, detail::not_location First, class... Args>
[[nodiscard]] auto async(F&& function, First&& first, Args&&... args) {
  return detail::async_at({}, launch::async | launch::deferred, std::forward<F>(function),
                          std::forward<First>(first), std::forward<Args>(args)...);
}
template <class F>
[[nodiscard]] auto async(launch policy, F&& function, location where = location::current()) {
  return detail::async_at(where, policy, std::forward<F>(function));
}
template <class F, detail::not_location First, class... Args>
[[nodiscard]] auto async(launch policy, F&& function, First&& first, Args&&... args) {
  return detail::async_at({}, policy, std::forward<F>(function), std::forward<First>(first),
                          std::forward<Args>(args)...);
}

}  // namespace heddle
