// SPDX-License-Identifier: MIT
#pragma once

// Everything of <thread>, <stop_token>, <mutex>, <shared_mutex>, <condition_variable>, <semaphore>,
// <latch>, <barrier>, <future>, <atomic>, <syncstream> and the clocks, under control.
#include <heddle/shim/async.hpp>
#include <heddle/shim/at_thread_exit.hpp>
#include <heddle/shim/atomic.hpp>
#include <heddle/shim/atomic_aliases.hpp>
#include <heddle/shim/atomic_flag.hpp>
#include <heddle/shim/atomic_functions.hpp>
#include <heddle/shim/atomic_ref.hpp>
#include <heddle/shim/atomic_shared_ptr.hpp>
#include <heddle/shim/barrier.hpp>
#include <heddle/shim/call_once.hpp>
#include <heddle/shim/chrono.hpp>
#include <heddle/shim/condition_variable.hpp>
#include <heddle/shim/condition_variable_any.hpp>
#include <heddle/shim/fence.hpp>
#include <heddle/shim/future.hpp>
#include <heddle/shim/jthread.hpp>
#include <heddle/shim/latch.hpp>
#include <heddle/shim/lock.hpp>
#include <heddle/shim/mutex.hpp>
#include <heddle/shim/packaged_task.hpp>
#include <heddle/shim/promise.hpp>
#include <heddle/shim/semaphore.hpp>
#include <heddle/shim/shared_lock.hpp>
#include <heddle/shim/shared_mutex.hpp>
#include <heddle/shim/stop_token.hpp>
#include <heddle/shim/syncstream.hpp>
#include <heddle/shim/thread.hpp>
#include <heddle/shim/timed_mutex.hpp>
