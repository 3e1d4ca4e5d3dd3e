// SPDX-License-Identifier: MIT
#include "layout.hpp"

#include <algorithm>

namespace heddle::explorers {

std::string layout::coloured(const char* code, const std::string& text) const {
  return style_.colour ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
}

std::string layout::wrapped(std::string_view lines) const {
  if (style_.width == 0) return std::string(lines);
  std::string out;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string further(std::min(indent + 2, style_.width / 2), ' ');
    bool first = true;
    while ((first ? 0 : further.size()) + line.size() > style_.width) {
      const std::size_t room = style_.width - (first ? 0 : further.size());
      std::size_t at = line.rfind(' ', room);
      if (at == line.npos || at <= (first ? indent : 0)) at = line.find(' ', room);  // a long word
      if (at == line.npos) break;
      out += (first ? "" : further) + std::string(line.substr(0, at)) + "\n";
      line.remove_prefix(at + 1);
      first = false;
    }
    out += (first ? "" : further) + std::string(line);
    if (end < lines.size()) out += "\n";
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return out;
}

std::string layout::marked(std::string columns) const {
  if (!style_.colour) return columns;
  std::string out;
  for (std::size_t at = 0; at < columns.size();) {
    const std::size_t end = std::min(columns.find('\n', at), columns.size() - 1) + 1;
    const std::string line = columns.substr(at, end - at - 1);
    const bool fails = line.find("<< ") != line.npos;
    const bool preempts = line.find("! ") != line.npos;
    out += (fails ? bad(line) : preempts ? strange(line) : line) + "\n";
    at = end;
  }
  return out;
}

}  // namespace heddle::explorers
