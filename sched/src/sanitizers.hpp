// SPDX-License-Identifier: MIT
#pragma once

// Which sanitizers this translation unit is built with, the same question for both compilers.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEDDLE_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define HEDDLE_TSAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(HEDDLE_ASAN)
#define HEDDLE_ASAN 1
#endif
#if defined(__SANITIZE_THREAD__) && !defined(HEDDLE_TSAN)
#define HEDDLE_TSAN 1
#endif

#ifdef HEDDLE_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#endif
#ifdef HEDDLE_TSAN
#include <sanitizer/tsan_interface.h>
#endif
