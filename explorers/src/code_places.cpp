// SPDX-License-Identifier: MIT
#include "code_places.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <link.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rerun_command.hpp"
#include "source_text.hpp"

namespace heddle::explorers {

namespace {

using code = const char*;
std::map<code, location>& known_places() {
  static thread_local std::map<code, location> known;
  return known;
}
std::set<std::string, std::less<>>& kept_files() {
  static thread_local std::set<std::string, std::less<>> files;
  return files;
}
const char* keep(std::string_view file) { return kept_files().emplace(file).first->c_str(); }

// "a.cpp:12 (discriminator 3)"
location read_place(std::string_view line) {
  line = line.substr(0, line.find_first_of(" \n"));
  const std::size_t colon = line.rfind(':');
  if (colon == std::string_view::npos || line.starts_with("??")) return {};
  std::uint32_t number = 0;
  const std::string_view digits = line.substr(colon + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (number == 0) return {};
  return {keep(line.substr(0, colon)), number};
}

// Of one program or library.
void ask_addr2line(const std::string& binary, std::uintptr_t loaded_at,
                   const std::vector<code>& all) {
  std::string command = "addr2line -e " + shell_quoted(binary);
  for (const code at : all) {
    // The call, not the instruction after it.
    command += fmt::format(" {:#x}", reinterpret_cast<std::uintptr_t>(at) - loaded_at - 1);
  }
  command += " 2>/dev/null";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> answer(::popen(command.c_str(), "r"),
                                                               &::pclose);
  if (answer == nullptr) return;
  char line[4096];
  for (const code at : all) {
    if (std::fgets(line, sizeof line, answer.get()) == nullptr) return;
    known_places()[at] = read_place(line);
  }
}

void look_up(const std::set<code>& all) {
  struct binary {
    std::string path;
    std::uintptr_t loaded_at = 0;
    std::vector<code> of;
  };
  std::map<const link_map*, binary> binaries;
  for (const code at : all) {
    if (!known_places().emplace(at, location{}).second) continue;
    Dl_info info{};
    link_map* map = nullptr;
    if (::dladdr1(at, &info, reinterpret_cast<void**>(&map), RTLD_DL_LINKMAP) == 0) continue;
    if (map == nullptr) continue;
    binary& in = binaries[map];
    const bool is_program = map->l_name == nullptr || *map->l_name == '\0';
    in.path = is_program ? fmt::format("/proc/{}/exe", ::getpid()) : map->l_name;
    in.loaded_at = static_cast<std::uintptr_t>(map->l_addr);
    in.of.push_back(at);
  }
  for (const auto& [map, in] : binaries) ask_addr2line(in.path, in.loaded_at, in.of);
}

// Debug information may name another file for what a precompiled header brings: no line is better
// than a wrong one.
bool is_there(location where) {
  return !source_file::is_readable(where.file) || !source_file::line(where).empty();
}

bool of_the_standard_library(std::string_view file) {
  return file.starts_with("/usr/include/") || file.find("/include/c++/") != file.npos;
}

}  // namespace

location resolved(location where) {
  if (!where.known()) return {};
  if (where.line == location::in_code) {
    look_up({where.file});
    where = known_places()[where.file];
    if (where.known() && !is_there(where)) return {};
  }
  return where.known() && !of_the_standard_library(where.file) ? where : location{};
}

void look_up_code_places(const sched::trace& of) {
  std::set<code> codes;
  std::set<std::string_view> files;
  const auto note = [&](location where) {
    if (!where.known()) return;
    if (where.line == location::in_code) {
      codes.insert(where.file);
    } else {
      files.insert(where.file);
    }
  };
  for (const sched::trace_entry& entry : of.entries) note(entry.performed.op.where);
  for (const auto& [key, object] : of.objects) note(object.created);
  look_up(codes);
  for (const code at : codes) {
    location& found = known_places()[at];
    if (!found.known()) continue;
    for (const std::string_view file : files) {
      if (std::string_view(found.file).ends_with("/" + std::string(file))) found.file = keep(file);
    }
  }
}

}  // namespace heddle::explorers
