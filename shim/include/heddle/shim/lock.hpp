// SPDX-License-Identifier: MIT
#pragma once

// The standard's guards and algorithms on locks.
#include <heddle/shim/lock_algorithms.hpp>
#include <heddle/shim/lock_guard.hpp>
#include <heddle/shim/lockable.hpp>
#include <heddle/shim/scoped_lock.hpp>
#include <heddle/shim/unique_lock.hpp>
