// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "laboratory.hpp"

namespace heddle::explorers {

// Takes the same choices twice and compares what the threads do: thread, kind, object and place of
// every operation. What `choices` came from does not matter: whatever the body makes once and keeps
// exists by now.
struct determinism {
  std::string difference;  // the first operation that differs, in a sentence; empty: none
  std::string kept;        // a value that one execution left and the next one saw; empty: none
};
[[nodiscard]] determinism watch_determinism(laboratory& lab,
                                            const std::vector<std::uint32_t>& choices);

}  // namespace heddle::explorers
