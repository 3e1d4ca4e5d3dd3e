// SPDX-License-Identifier: MIT
#include <heddle/gtest.hpp>

HEDDLE_TEST(BuildCost, OfHeddle) { EXPECT_EQ(1 + 1, 2); }
