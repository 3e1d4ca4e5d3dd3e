// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace heddle::explorers {

// A shell command that runs this program again, as it was called: its path from the current
// directory, and its arguments quoted where a shell would touch them.
[[nodiscard]] std::string this_command();
// The program alone, without arguments.
[[nodiscard]] std::string this_program();
[[nodiscard]] std::string shell_quoted(std::string_view word);

}  // namespace heddle::explorers
