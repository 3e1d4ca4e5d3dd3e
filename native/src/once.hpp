// SPDX-License-Identifier: MIT
#pragma once

#include <pthread.h>

#include <cstdint>

#include <heddle/sched/monitor.hpp>

// What is done once: the first caller does it, others wait for it to be over. Call these inside a
// section.
namespace heddle::native::once {

[[nodiscard]] sched::monitor_object& at(const void* address);
// True: it is for the caller to do, who says how it went.
[[nodiscard]] bool begin(const void* address, std::uintptr_t caller);
void end(const void* address, bool done, std::uintptr_t caller);
// pthread_once, for user code; not in a section.
int call(pthread_once_t* control, void (*function)(), std::uintptr_t caller);

}  // namespace heddle::native::once
