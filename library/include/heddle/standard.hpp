// SPDX-License-Identifier: MIT
#pragma once

// For code that is written once and switched by a macro: HEDDLE_STD is ::std, or ::heddle where
// HEDDLE_CONTROLLED is defined as 1, which is for the tests' build to do.
//
//   #include <heddle/standard.hpp>
//   namespace conc = HEDDLE_STD;
//
//   class mailbox {
//     conc::mutex guard_;
//     conc::condition_variable filled_;
//     HEDDLE_VAR<int> letters_{0};        // plain data: an int, or in tests a heddle::var<int>
//   };
//
// What is no part of <thread>, <stop_token>, <mutex>, <shared_mutex>, <condition_variable>,
// <semaphore>, <latch>, <barrier>, <future>, <atomic>, <syncstream> or <chrono> stays std::.
// Compile a class one way only in each program.
#if defined(HEDDLE_CONTROLLED) && HEDDLE_CONTROLLED
// Of another room, which production code need not have.
#define HEDDLE_STANDARD_HEADER <heddle/shim/controlled.hpp>
#include HEDDLE_STANDARD_HEADER
#undef HEDDLE_STANDARD_HEADER
#define HEDDLE_STD ::heddle
#define HEDDLE_VAR ::heddle::var
#else
#include <version>

#ifdef __cpp_lib_syncbuf
#include <syncstream>
#endif

#include <heddle/library/real.hpp>
#define HEDDLE_STD ::std
#define HEDDLE_VAR ::heddle::plain_var
#endif
