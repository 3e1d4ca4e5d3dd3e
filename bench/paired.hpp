// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <string>

namespace heddle::bench {

// Compares the random walk with that of Relacy, the fastest tester of this kind: for workloads with
// `filter` in their name both run alternately, each time in processes of their own and for as many
// executions, and the least of several rounds counts. Ours looks for data races and has the memory
// model of C++20, as Relacy does. False: there is nothing to compare with, which is said.
[[nodiscard]] bool measure_peers(const std::string& filter, std::FILE* out);

}  // namespace heddle::bench
