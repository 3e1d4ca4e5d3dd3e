// SPDX-License-Identifier: MIT
#include "source_text.hpp"

#include <cctype>
#include <fstream>
#include <map>

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
  const auto [at, is_new] = files.try_emplace(path);
  if (is_new) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line) && at->second.size() < 100'000;) {
      at->second.push_back(line);
    }
  }
  return at->second;
}

std::string source_file::line(location where) {
  if (!where.known() || where.line == 0) return {};
  const auto& all = lines(where.file);
  return where.line <= all.size() ? all[where.line - 1] : std::string();
}

std::vector<std::string> source_file::members(location where, std::string_view type) {
  std::vector<std::string> result;
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

std::vector<std::string> declared_names(std::string_view line, std::string_view type) {
  std::vector<std::string> result;
  if (type.empty()) return result;
  for (std::size_t at = line.find(type); at != std::string_view::npos;
       at = line.find(type, at + 1)) {
    std::size_t end = at + type.size();
    if (end < line.size() && in_word(line[end])) continue;
    end = skip_template(line, end);
    // One declarator after the other: a word, then perhaps an initialiser, then a comma.
    for (;;) {
      while (end < line.size() && std::isspace(static_cast<unsigned char>(line[end]))) ++end;
      std::size_t word = end;
      while (end < line.size() && in_word(line[end])) ++end;
      if (end == word || std::isdigit(static_cast<unsigned char>(line[word]))) break;
      result.emplace_back(line.substr(word, end - word));
      int depth = 0;
      while (end < line.size() && (depth > 0 || (line[end] != ',' && line[end] != ';'))) {
        depth += (line[end] == '(' || line[end] == '{' || line[end] == '[') -
                 (line[end] == ')' || line[end] == '}' || line[end] == ']');
        if (depth < 0) break;
        ++end;
      }
      if (end >= line.size() || line[end] != ',') break;
      ++end;
    }
    if (!result.empty()) return result;
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
