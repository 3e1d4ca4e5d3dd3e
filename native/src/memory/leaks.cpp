// SPDX-License-Identifier: MIT
#include "memory/leaks.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "places/places.hpp"
#include "regions.hpp"

namespace heddle::native {

namespace {

std::vector<block*> to_scan;

void scan(std::uintptr_t begin, std::uintptr_t end) {
  for (std::uintptr_t at = (begin + 7) & ~std::uintptr_t{7}; at + 8 <= end; at += 8) {
    std::uintptr_t word;
    std::memcpy(&word, reinterpret_cast<const void*>(at), sizeof word);
    if (!arena::contains(word)) continue;
    block* const found = arena::find(word);
    if (found == nullptr || found->reachable || found->freed != 0) continue;
    if (word > found->end()) continue;
    found->reachable = true;
    to_scan.push_back(found);
  }
}

// Memory that libraries have allocated for themselves may lead to ours.
void scan_heap() {
  std::FILE* const maps = std::fopen("/proc/self/maps", "re");
  if (maps == nullptr) return;
  char line[512];
  while (std::fgets(line, sizeof line, maps) != nullptr) {
    unsigned long long begin = 0;
    unsigned long long end = 0;
    if (std::strstr(line, "[heap]") == nullptr) continue;
    if (std::sscanf(line, "%llx-%llx", &begin, &end) == 2) scan(begin, end);
  }
  std::fclose(maps);
}

}  // namespace

void mark_reachable(const std::vector<block*>& blocks) {
  for (block* at : blocks) at->reachable = false;
  to_scan.clear();
  for_each_global(&scan);
  scan_heap();
  while (!to_scan.empty()) {
    const block* const at = to_scan.back();
    to_scan.pop_back();
    scan(at->begin(), at->end());
  }
}

bool look_for_leaks() noexcept {
  const char* const said = std::getenv("HEDDLE_LEAKS");
  return said == nullptr || std::string_view(said) != "off";
}

std::string describe_block(const block& of) {
  std::string text = std::to_string(of.bytes) + " bytes, block " + std::to_string(of.number) +
                     " of T" + std::to_string(of.thread);
  if (of.kept) text += " of an earlier execution";
  const std::string made = text_of(place_of(of.allocated));
  if (!made.empty()) text += ", allocated at " + made;
  if (of.freed > 1) {
    const std::string gone = text_of(place_of(of.freed));
    if (!gone.empty()) text += ", freed at " + gone;
  }
  return text;
}

}  // namespace heddle::native
