// SPDX-License-Identifier: MIT
#pragma once

namespace heddle::bench {

// Compares the instructions of an operation, on five workloads under the random walk, with those in
// bench/gate.txt, and says which have become dearer by more than 10 %: counted by callgrind, they
// are free of noise. False: some have. With HEDDLE_UPDATE_GATE=1 it writes the file instead. A file
// of another version of the compiler is no yardstick: nothing is compared, which is said.
[[nodiscard]] bool pass_gate();

}  // namespace heddle::bench
