// SPDX-License-Identifier: MIT
#include "heddle/explorers/text_style.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "environment.hpp"

namespace heddle {

text_style text_style::of(int descriptor) {
  text_style style;
  if (::isatty(descriptor) != 1) return style;
  const char* terminal = explorers::variable("TERM");
  style.colour = explorers::variable("NO_COLOR") == nullptr &&
                 (terminal == nullptr || std::string_view(terminal) != "dumb");
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0) style.width = size.ws_col;
  if (const char* columns = explorers::variable("COLUMNS")) {
    const long given = std::strtol(columns, nullptr, 10);
    if (given > 0) style.width = static_cast<std::size_t>(given);
  }
  if (style.width != 0 && style.width < 40) style.width = 40;
  return style;
}

}  // namespace heddle
