// SPDX-License-Identifier: MIT
#include "measure.hpp"

#include <gtest/gtest.h>

namespace bugs {

std::int64_t first_bug(const program& p, std::string_view explorer, std::uint64_t seed,
                       std::int64_t executions) {
  heddle::options how = options_for(p, explorer, seed);
  how.executions = executions;
  const heddle::report r = heddle::explore(how, [&] { p.body(); });
  if (r.passed()) return 0;
  EXPECT_TRUE(found(p, r)) << p.name << " with " << explorer << "\n" << r.text();
  return r.executions;
}

summary first_bugs(const program& p, std::string_view explorer, int seeds,
                   std::int64_t executions) {
  summary all;
  for (int seed = 1; seed <= seeds; ++seed) {
    const std::int64_t at = first_bug(p, explorer, static_cast<std::uint64_t>(seed), executions);
    if (at == 0) continue;
    ++all.found;
    all.mean += static_cast<double>(at);
  }
  if (all.found != 0) all.mean /= all.found;
  return all;
}

}  // namespace bugs
