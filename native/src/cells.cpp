// SPDX-License-Identifier: MIT
#include "cells.hpp"

#include <cstring>
#include <memory_resource>
#include <unordered_map>

#include "memory/pages.hpp"

namespace heddle::native::shadow::cells {

namespace {
constexpr std::uint64_t next_epoch = std::uint64_t{1} << 32;  // above the owner

std::unordered_map<std::uintptr_t, page*> all;
pages from_system;
std::pmr::monotonic_buffer_resource memory{std::size_t{1} << 18, &from_system};
}  // namespace

constinit known_page near_pages[256] = {};
constinit std::uint64_t epoch = next_epoch;

page* find_page(std::uintptr_t number) {
  page*& found = all[number];
  if (found == nullptr) {
    void* const made = memory.allocate(sizeof(page), alignof(page));
    found = static_cast<page*>(std::memset(made, 0, sizeof(page)));
  }
  return found;
}

cell* find(std::uintptr_t address) noexcept {
  const std::uintptr_t number = address >> page_shift;
  const known_page& near = near_page(number);
  page* of = near.at;
  if (near.number != number) {
    const auto found = all.find(number);
    if (found == all.end()) return nullptr;
    of = found->second;
  }
  cell& found = of->at[index_in_page(address)];
  return found.life == life(0) ? &found : nullptr;
}

void forget_all() noexcept {
  epoch += next_epoch;
  if (epoch != 0) return;
  epoch = next_epoch;
  for (auto& [number, of] : all) std::memset(static_cast<void*>(of), 0, sizeof *of);
}

}  // namespace heddle::native::shadow::cells
