// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/movable_lock.hpp>

namespace heddle {

// std::unique_lock, with the caller's place.
template <class Mutex>
class [[nodiscard]] unique_lock : public detail::movable_lock<Mutex, detail::exclusively> {
  using base = detail::movable_lock<Mutex, detail::exclusively>;

 public:
  using base::base;
  void swap(unique_lock& other) noexcept { base::swap(other); }
};

template <class Mutex, class... Rest>
unique_lock(Mutex&, Rest&&...) -> unique_lock<Mutex>;

template <class Mutex>
void swap(unique_lock<Mutex>& a, unique_lock<Mutex>& b) noexcept {
  a.swap(b);
}

}  // namespace heddle
