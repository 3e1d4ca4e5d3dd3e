// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace heddle::explorers {

// Does `work` in a copy of this process, which may crash or hang without harm to this one, and is
// gone afterwards with all that it did, but for the messages it told: each is handed to `heard` as
// soon as it is there. Ends the copy when the time is up (0: an hour), or at Ctrl-C. What the copy
// writes to its standard output and error is thrown away.
using teller = std::function<void(const std::string& message)>;
void in_a_copy_of_the_process(std::chrono::nanoseconds time,
                              const std::function<void(const teller& tell)>& work,
                              const std::function<void(const std::string& message)>& heard);

}  // namespace heddle::explorers
