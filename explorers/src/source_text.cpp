// SPDX-License-Identifier: MIT
#include "source_text.hpp"

#include <cctype>
#include <fstream>
#include <map>

#include "code_places.hpp"

namespace heddle::explorers {

namespace {

bool in_word(char c) noexcept { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// The end of the template arguments that begin at `at`, or `at` where there are none.
std::size_t skip_template(std::string_view line, std::size_t at) {
  if (at >= line.size() || line[at] != '<') return at;
  int depth = 0;
  for (; at < line.size(); ++at) {
    depth += (line[at] == '<') - (line[at] == '>');
    if (depth == 0) return at + 1;
  }
  return at;
}

bool blank(char c) noexcept { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// Does the line begin the definition of a class?
bool is_class_head(std::string_view line) {
  while (!line.empty() && blank(line.front())) line.remove_prefix(1);
  const bool is_class = line.starts_with("class ") || line.starts_with("struct ") ||
                        (line.starts_with("template") && (line.find(" class ", 8) != line.npos ||
                                                          line.find(" struct ") != line.npos));
  return is_class && line.find(';') == line.npos;
}

}  // namespace

const std::vector<std::string>& source_file::lines(const char* path) {
  static thread_local std::map<std::string, std::vector<std::string>> files;
  auto& known = files[path];
  if (known.empty()) {  // also what could not be read before: the working directory may be another
    std::ifstream file(path);
    for (std::string line; std::getline(file, line) && known.size() < 100'000;) {
      known.push_back(line);
    }
  }
  return known;
}

bool source_file::is_readable(const char* path) { return !lines(path).empty(); }

std::string source_file::line(location where) {
  where = resolved(where);
  if (!where.known() || where.line == 0) return {};
  const auto& all = lines(where.file);
  return where.line <= all.size() ? all[where.line - 1] : std::string();
}

std::vector<std::string> source_file::members(location where, std::string_view type) {
  std::vector<std::string> result;
  where = resolved(where);
  if (!where.known() || where.line == 0) return result;
  const auto& all = lines(where.file);
  std::size_t head = where.line - 1;
  if (head >= all.size()) return result;
  while (head > 0 && !is_class_head(all[head])) --head;
  if (!is_class_head(all[head])) return result;
  int depth = 0;
  for (std::size_t at = head; at < all.size(); ++at) {
    const bool in_class = depth == 1;
    for (const char c : all[at]) depth += (c == '{') - (c == '}');
    if (in_class && depth == 1 && all[at].find(';') != std::string::npos) {
      for (std::string& name : declared_names(all[at], type)) result.push_back(std::move(name));
    }
    if (at > head && depth <= 0) {
      return at + 1 >= where.line ? result : std::vector<std::string>();  // it was another class
    }
  }
  return result;
}

namespace {

// "[4]" at `at`: 4; anything else: 0.
std::size_t extent(std::string_view line, std::size_t at) {
  std::size_t count = 0;
  if (at >= line.size() || line[at] != '[') return 0;
  for (++at; at < line.size() && std::isdigit(static_cast<unsigned char>(line[at])); ++at) {
    count = 10 * count + static_cast<std::size_t>(line[at] - '0');
  }
  return at < line.size() && line[at] == ']' && count <= 1000 ? count : 0;
}

// The declarators that begin at `at`: a word, then perhaps an initialiser, then a comma or the end.
// Returns where they end.
std::size_t take_declarators(std::string_view line, std::size_t at,
                             std::vector<std::string>& names) {
  for (;;) {
    while (at < line.size() && blank(line[at])) ++at;
    const std::size_t word = at;
    while (at < line.size() && in_word(line[at])) ++at;
    if (at == word || std::isdigit(static_cast<unsigned char>(line[word]))) return at;
    const std::string name(line.substr(word, at - word));
    const std::size_t count = extent(line, at);
    for (std::size_t i = 0; i < count; ++i) names.push_back(name + "[" + std::to_string(i) + "]");
    if (count == 0) names.push_back(name);
    int depth = 0;
    while (at < line.size() && (depth > 0 || (line[at] != ',' && line[at] != ';'))) {
      depth += (line[at] == '(' || line[at] == '{' || line[at] == '[') -
               (line[at] == ')' || line[at] == '}' || line[at] == ']');
      if (depth < 0) return at;
      ++at;
    }
    if (at >= line.size() || line[at] != ',') return at;
    ++at;
  }
}

}  // namespace

std::vector<std::string> declared_names(std::string_view line, std::string_view type) {
  std::vector<std::string> result;
  if (type.empty()) return result;
  for (std::size_t at = line.find(type); at != std::string_view::npos; at = line.find(type, at)) {
    at += type.size();
    if (at < line.size() && in_word(line[at])) continue;
    const std::size_t before = result.size();
    const std::size_t end = take_declarators(line, skip_template(line, at), result);
    // Another declaration may follow, but no use of what has been declared.
    if (result.size() != before && (end >= line.size() || line[end] != ';')) break;
    at = end;
  }
  return result;
}

// The variable that a line declares, whatever its type: the last word before the first of ; { ( =
// outside template arguments. Empty where that is no word after another one.
std::string declared_variable(std::string_view line) {
  int depth = 0;
  std::size_t end = 0;
  for (; end < line.size(); ++end) {
    depth += (line[end] == '<') - (line[end] == '>');
    if (depth == 0 && std::string_view(";{(=").find(line[end]) != std::string_view::npos) break;
  }
  while (end > 0 && std::isspace(static_cast<unsigned char>(line[end - 1]))) --end;
  std::size_t word = end;
  while (word > 0 && in_word(line[word - 1])) --word;
  std::size_t before = word;
  while (before > 0 && std::isspace(static_cast<unsigned char>(line[before - 1]))) --before;
  const bool follows_type =
      before > 0 && before < word && (in_word(line[before - 1]) || line[before - 1] == '>');
  if (word == end || !follows_type || std::isdigit(static_cast<unsigned char>(line[word])))
    return {};
  return std::string(line.substr(word, end - word));
}

}  // namespace heddle::explorers
