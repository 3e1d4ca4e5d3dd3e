// SPDX-License-Identifier: MIT
#pragma once

// Everything a test needs that is not tied to a test framework: the source door, explore, replay,
// options, report. With GoogleTest include <heddle/gtest.hpp> instead.
#include <heddle/explorers/advise.hpp>
#include <heddle/explorers/explore.hpp>
#include <heddle/explorers/options.hpp>
#include <heddle/explorers/outcomes.hpp>
#include <heddle/explorers/report.hpp>
#include <heddle/shim/controlled.hpp>
#include <heddle/shim/standard.hpp>
#include <heddle/shim/thread_specific.hpp>
#include <heddle/shim/var.hpp>
#include <heddle/shim/words.hpp>
