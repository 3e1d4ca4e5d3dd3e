// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/movable_lock.hpp>

namespace heddle {

// std::shared_lock, with the caller's place.
template <class Mutex>
class [[nodiscard]] shared_lock : public detail::movable_lock<Mutex, detail::shared> {
  using base = detail::movable_lock<Mutex, detail::shared>;

 public:
  using base::base;
  void swap(shared_lock& other) noexcept { base::swap(other); }
};

template <class Mutex, class... Rest>
shared_lock(Mutex&, Rest&&...) -> shared_lock<Mutex>;

template <class Mutex>
void swap(shared_lock<Mutex>& a, shared_lock<Mutex>& b) noexcept {
  a.swap(b);
}

}  // namespace heddle
