// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "../../bench/gate_verdict.hpp"

using heddle::bench::compare_with_recorded;
using heddle::bench::gate_verdict;

TEST(Gate, FailsWhenAFifthIsAdded) {
  for (const double recorded : {100.0, 5'700.0, 105'840.0}) {
    EXPECT_EQ(compare_with_recorded(recorded, recorded * 1.2), gate_verdict::dearer);
    EXPECT_EQ(compare_with_recorded(recorded, recorded * 1.11), gate_verdict::dearer);
  }
}

TEST(Gate, LetsPassWhatIsWithinItsTolerance) {
  EXPECT_EQ(compare_with_recorded(1'000, 1'000), gate_verdict::unchanged);
  EXPECT_EQ(compare_with_recorded(1'000, 1'099), gate_verdict::unchanged);
  EXPECT_EQ(compare_with_recorded(1'000, 910), gate_verdict::unchanged);
}

TEST(Gate, SaysWhenThereIsSomethingToRecord) {
  EXPECT_EQ(compare_with_recorded(1'000, 900), gate_verdict::cheaper);
}

TEST(Gate, FailsWhereNothingIsRecorded) {
  EXPECT_EQ(compare_with_recorded(0, 1), gate_verdict::dearer);
}
