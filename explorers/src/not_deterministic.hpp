// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace heddle::explorers {

// The complaint of a search whose body did something else when a prefix was repeated; `where` says
// at which choice, if that is known, beginning with a blank.
[[nodiscard]] inline std::string not_deterministic(const std::string& where = {}) {
  return "the body is not deterministic: repeated with the same choices it did something else" +
         where +
         "; likely causes: real time, random numbers, addresses used as keys, state kept between "
         "executions";
}

}  // namespace heddle::explorers
