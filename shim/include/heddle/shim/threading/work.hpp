// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace heddle::threading::detail {

// Can copies of the arguments be given to a copy of F?
template <class F, class... Args>
concept callable = std::is_invocable_v < std::decay_t<F>
&, std::decay_t<Args>&... > ;

// Decayed copies of a callable and its arguments as one callable, which may be copied even where
// they can only be moved.
template <class F, class... Args>
auto bind_work(F&& work, Args&&... args) {
  using parts = std::tuple<std::decay_t<F>, std::decay_t<Args>...>;
  return [all = std::make_shared<parts>(std::forward<F>(work), std::forward<Args>(args)...)] {
    return std::apply([](auto& first, auto&... rest) { return std::invoke(first, rest...); }, *all);
  };
}

}  // namespace heddle::threading::detail
