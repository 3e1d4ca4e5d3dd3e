// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

TEST(BuildCost, OfGoogleTest) { EXPECT_EQ(1 + 1, 2); }
