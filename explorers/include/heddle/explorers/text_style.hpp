// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

namespace heddle {

// How a report is laid out as text. The default suits a file: no colour, lines as long as they are.
struct text_style {
  std::size_t width = 0;  // of lines; 0: any
  bool colour = false;

  // For what a descriptor is connected to. Colour only on a terminal that is not "dumb", and not
  // where NO_COLOR is set to anything; the width of the terminal, or COLUMNS.
  [[nodiscard]] static text_style of(int descriptor);
};

}  // namespace heddle
