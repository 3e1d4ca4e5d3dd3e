// SPDX-License-Identifier: MIT
#include "heddle/explorers/text_style.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace heddle {

text_style text_style::of(int descriptor) {
  text_style style;
  if (::isatty(descriptor) != 1) return style;
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  style.colour = variable("NO_COLOR").empty() && variable("TERM") != "dumb";
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0) style.width = size.ws_col;
  if (const auto columns = variable("COLUMNS"); !columns.empty()) {
    const long given = std::strtol(columns.data(), nullptr, 10);
    if (given > 0) style.width = static_cast<std::size_t>(given);
  }
  if (style.width != 0 && style.width < 40) style.width = 40;
  return style;
}

}  // namespace heddle
