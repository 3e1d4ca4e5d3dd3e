// SPDX-License-Identifier: MIT
#include "globals.hpp"

#include <cstring>
#include <vector>

#include "address_table.hpp"
#include "regions.hpp"

namespace heddle::native::globals {

namespace {

struct noted {
  std::uintptr_t address;
  std::uint64_t before;
};
bool wanted = false;
std::vector<noted> notes;
address_table<bool> seen;

}  // namespace

void reset_after_each_execution() noexcept { wanted = true; }
bool are_reset() noexcept { return wanted; }

void about_to_write(std::uintptr_t address, std::size_t bytes) {
  if (!wanted || !in_module(address)) return;
  const std::uintptr_t end = address + bytes;
  for (std::uintptr_t word = address & ~std::uintptr_t{7}; word < end; word += 8) {
    bool& known = seen.at(word, 0);
    if (known) continue;
    known = true;
    noted made{word, 0};
    std::memcpy(&made.before, reinterpret_cast<const void*>(word), sizeof made.before);
    notes.push_back(made);
  }
}

void undo() noexcept {
  for (const noted& at : notes) {
    std::memcpy(reinterpret_cast<void*>(at.address), &at.before, sizeof at.before);
  }
  notes.clear();
  seen.clear();
}

}  // namespace heddle::native::globals
