// SPDX-License-Identifier: MIT
#include "globals.hpp"

#include <cstring>

#include "address_table.hpp"
#include "memory/arena.hpp"
#include "memory/leaks.hpp"
#include "places/symbols.hpp"
#include "regions.hpp"

namespace heddle::native::globals {

namespace {

struct noted {
  std::uintptr_t address;
  std::uint64_t before;
};
std::vector<noted> notes;
address_table<bool> seen;

struct copy {
  std::uintptr_t address;
  std::vector<char> bytes;
};
std::vector<copy> copies;
std::vector<std::string> left_out;

// More than this is not worth comparing after each execution; the notes do.
constexpr std::size_t largest = std::size_t{1} << 20;

void keep(std::uintptr_t address, std::size_t bytes) {
  const char* const begin = reinterpret_cast<const char*>(address);
  copies.push_back({address, std::vector<char>(begin, begin + bytes)});
}

void copy_variables() {
  for_each_own_variable([](std::uintptr_t address, std::size_t bytes, std::string name) {
    if (!is_writable(address) || bytes > largest) return;
    if (leads_to_heap(address, address + bytes)) {
      left_out.push_back(std::move(name));
    } else {
      keep(address, bytes);
    }
  });
}

void copy_memory() {
  for (const block* at : arena::end_start()) {
    keep(reinterpret_cast<std::uintptr_t>(at), block::header_bytes);
    if (leads_to_heap(at->begin(), at->end())) {
      left_out.push_back(describe_block(*at));
    } else {
      keep(at->begin(), at->bytes);
    }
  }
}

}  // namespace

constinit bool wanted = false;

void reset_after_each_execution() {
  wanted = true;
  look_at_mappings();
  copy_variables();
  copy_memory();
}

void note_before_write(std::uintptr_t address, std::size_t bytes) {
  if (!(in_module(address) || arena::is_of_start(address))) return;
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

void reset() noexcept {
  for (const noted& at : notes) {
    std::memcpy(reinterpret_cast<void*>(at.address), &at.before, sizeof at.before);
  }
  notes.clear();
  seen.clear();
  for (const copy& of : copies) {
    auto* const at = reinterpret_cast<char*>(of.address);
    if (std::memcmp(at, of.bytes.data(), of.bytes.size()) != 0) {
      std::memcpy(at, of.bytes.data(), of.bytes.size());
    }
  }
}

const std::vector<std::string>& not_copied() noexcept { return left_out; }

}  // namespace heddle::native::globals
