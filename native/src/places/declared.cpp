// SPDX-License-Identifier: MIT
#include "places/declared.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <unordered_map>
#include <utility>

namespace heddle::native {

namespace {

bool is_word(char c) noexcept {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}
std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}
// The last word of `text`, which is cut off.
std::string cut_word(std::string_view& text) {
  text = trimmed(text);
  std::size_t from = text.size();
  while (from != 0 && is_word(text[from - 1])) --from;
  const std::string word(text.substr(from));
  text = trimmed(text.substr(0, from));
  return word;
}

std::string_view line_of(location where) {
  static std::unordered_map<std::string, std::vector<std::string>> files;
  const auto [at, is_new] = files.try_emplace(where.file);
  if (is_new) {
    std::ifstream in(where.file);
    for (std::string line; std::getline(in, line);) at->second.push_back(line);
  }
  return where.line - 1 < at->second.size() ? at->second[where.line - 1] : std::string_view();
}

}  // namespace

std::vector<std::string> declared_names(std::string_view line) {
  line = trimmed(line.substr(0, line.find("//")));
  constexpr std::array others{"return", "if",     "while", "for",   "switch",  "delete", "throw",
                              "else",   "do",     "case",  "using", "co_",     "goto",   "typedef",
                              "class",  "struct", "enum",  "union", "template"};
  for (const std::string_view word : others) {
    if (line.starts_with(word)) return {};
  }
  // Up to the initialiser; commas between angle brackets belong to the type.
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  int depth = 0;
  std::size_t at = 0;
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '<') ++depth;
    if (c == '>') --depth;
    if (depth == 0 && c == ',') {
      parts.push_back(line.substr(from, at - from));
      from = at + 1;
    }
    if (depth == 0 && std::string_view("=;{([.+-!").find(c) != std::string_view::npos) break;
  }
  if (at == line.size() || line[at] == '.' || line[at] == '+' || line[at] == '-') return {};
  parts.push_back(line.substr(from, at - from));
  std::string_view type = parts.front();
  std::vector<std::string> names{cut_word(type)};
  const bool has_type = !type.empty() && (is_word(type.back()) || type.back() == '>' ||
                                          type.back() == '*' || type.back() == '&');
  if (names.front().empty() || !has_type || type.find(')') != std::string_view::npos) return {};
  for (std::size_t i = 1; i < parts.size(); ++i) names.push_back(cut_word(parts[i]));
  return names;
}

namespace local_names {

namespace {

// One object after the other, each touched from its beginning to its end.
struct object {
  std::uintptr_t begin;
  std::uintptr_t end;
};
std::map<std::pair<const char*, std::uint32_t>, std::vector<object>> by_line;
std::unordered_map<std::uintptr_t, std::string> names;

}  // namespace

void touched(std::uintptr_t address, std::size_t bytes, location where) {
  if (!where.known()) return;
  std::vector<object>& objects = by_line[{where.file, where.line}];
  constexpr std::uintptr_t padding = 8;
  if (!objects.empty() && address >= objects.back().begin &&
      address <= objects.back().end + padding) {
    objects.back().end = std::max(objects.back().end, address + bytes);
  } else {
    objects.push_back({address, address + bytes});
  }
  const std::vector<std::string> declared = declared_names(line_of(where));
  if (declared.empty()) return;
  const std::size_t index = objects.size() - 1;
  std::string name = declared[index % declared.size()];
  if (index >= declared.size()) name += "#" + std::to_string(index / declared.size() + 1);
  const std::uintptr_t offset = address - objects.back().begin;
  if (offset != 0) name += " + " + std::to_string(offset);
  names[address] = name;
}

std::string of(std::uintptr_t address) {
  const auto found = names.find(address);
  return found == names.end() ? std::string() : found->second;
}

void clear() noexcept {
  by_line.clear();
  names.clear();
}

}  // namespace local_names
}  // namespace heddle::native
