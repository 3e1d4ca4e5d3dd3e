// SPDX-License-Identifier: MIT
#pragma once

#include <pthread.h>

#include <cstdint>

#include <heddle/sched/point.hpp>

#include "objects.hpp"

// The mutexes of user code. One is under control once instrumented code has locked it in this
// execution; those of the test framework and of libraries stay what they are, so that no thread can
// be left while it holds one. Call these in user code, inside a section.
namespace heddle::native::mutexes {

[[nodiscard]] inline bool is_known(const pthread_mutex_t* mutex) noexcept {
  return objects::known(mutex, use::mutex);
}
[[nodiscard]] sched::mutex_object& at(pthread_mutex_t* mutex);

// As the functions of the C library, with their error numbers.
int lock(pthread_mutex_t* mutex, sched::virtual_time deadline, std::uintptr_t caller);
int try_lock(pthread_mutex_t* mutex, std::uintptr_t caller);
int unlock(pthread_mutex_t* mutex, std::uintptr_t caller);

}  // namespace heddle::native::mutexes
