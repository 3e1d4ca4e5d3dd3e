// SPDX-License-Identifier: MIT
#pragma once

// Is this test built with AddressSanitizer, which reports some things before Heddle can?
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEDDLE_TESTS_WITH_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(HEDDLE_TESTS_WITH_ASAN)
#define HEDDLE_TESTS_WITH_ASAN 1
#endif

#ifdef HEDDLE_TESTS_WITH_ASAN
#include <sanitizer/lsan_interface.h>
inline constexpr bool address_sanitizer = true;
// Leaked on purpose: the leak sanitizer is to report neither it nor what it leads to.
inline void expect_leak(const void* object) { __lsan_ignore_object(object); }
#else
inline constexpr bool address_sanitizer = false;
inline void expect_leak(const void*) {}
#endif
