// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// Names, values and messages come from users and may hold anything. Nothing that is rendered passes
// them on as they are.
namespace heddle::explorers {

// A JSON string, quotes included, that is also harmless inside a <script> element: valid UTF-8 (what
// is not becomes U+FFFD), no <, > or &, no line separator as it is.
[[nodiscard]] std::string json_string(std::string_view text);

// What a terminal can show without doing anything: control characters, invalid UTF-8 and characters
// that turn the direction of writing become \xNN. Line ends and tabs stay.
[[nodiscard]] std::string printable(std::string_view text);

// The same in one line: line ends and tabs become \n and \t.
[[nodiscard]] std::string printable_line(std::string_view text);

}  // namespace heddle::explorers
