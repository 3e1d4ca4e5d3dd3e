// SPDX-License-Identifier: MIT
#include "names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>

namespace heddle::explorers {

namespace {

bool in_word(char c) noexcept { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::string line_of(location where) {
  std::ifstream file(where.file);
  std::string line;
  for (std::uint32_t i = 0; i < where.line && std::getline(file, line); ++i) {
  }
  return file ? line : std::string();
}

std::string_view type_word(sched::object_kind kind) noexcept {
  switch (kind) {
    case sched::object_kind::mutex:
      return "mutex";
    case sched::object_kind::condition:
      return "condition_variable";
    case sched::object_kind::atomic:
      return "atomic";
    case sched::object_kind::plain:
      return "var";
    default:
      return {};
  }
}

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

}  // namespace

std::string_view to_string(sched::object_kind kind) noexcept {
  switch (kind) {
    case sched::object_kind::mutex:
      return "mutex";
    case sched::object_kind::condition:
      return "condition variable";
    case sched::object_kind::atomic:
      return "atomic";
    case sched::object_kind::plain:
      return "variable";
    case sched::object_kind::thread:
      return "thread";
    case sched::object_kind::clock:
      return "clock";
    case sched::object_kind::marker:
      return "point";
  }
  return "object";
}

std::string place(location where) {
  return where.known() ? fmt::format("{}:{}", where.file, where.line) : "an unknown place";
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

names::names(const sched::trace& of) : of_(of) {
  // Objects of one line get its names in the order in which they were made.
  std::map<std::pair<std::string, std::uint32_t>,
           std::vector<std::pair<std::uint64_t, sched::stable_key>>>
      by_line;
  for (const auto& [key, info] : of_.objects) {
    if (!info.name.empty()) {
      labels_[key] = info.name;
    } else if (info.created.known()) {
      const std::uint64_t order = std::uint64_t{info.creator + 1} << 32 | info.index;
      by_line[{info.created.file, info.created.line}].emplace_back(order, key);
    }
  }
  for (auto& [where, objects] : by_line) {
    std::sort(objects.begin(), objects.end());
    const sched::object_info& first = of_.objects.at(objects.front().second);
    const auto declared = declared_names(line_of(first.created), type_word(first.kind));
    for (std::size_t i = 0; i < objects.size() && !declared.empty(); ++i) {
      std::string label = declared[i % declared.size()];
      if (objects.size() > declared.size()) label += fmt::format("#{}", i / declared.size() + 1);
      labels_[objects[i].second] = label;
    }
  }
  for (const auto& [key, info] : of_.objects) {
    if (labels_.contains(key)) continue;
    const std::string owner =
        info.creator == sched::no_thread ? "global" : fmt::format("T{}", info.creator);
    labels_[key] = fmt::format("{}.{}{}", owner, type_word(info.kind), info.index);
  }
}

std::string names::thread(sched::thread_id id) const {
  if (id == sched::no_thread) return "nobody";
  std::string text = fmt::format("T{}", id);
  if (id < of_.threads.size() && !of_.threads[id].name.empty()) {
    text += fmt::format(" '{}'", of_.threads[id].name);
  }
  return text;
}

std::string names::object(sched::stable_key key) const {
  const auto found = labels_.find(key);
  return found == labels_.end() ? "?" : found->second;
}

std::string names::the_object(sched::stable_key key) const {
  const auto found = of_.objects.find(key);
  if (found == of_.objects.end()) return "an object";
  return fmt::format("{} `{}`", to_string(found->second.kind), object(key));
}

std::string names::value(sched::stable_key key, std::uint64_t raw) const {
  const auto found = of_.objects.find(key);
  std::string text;
  if (found != of_.objects.end() && found->second.text != nullptr) found->second.text(raw, text);
  return text;
}

}  // namespace heddle::explorers
