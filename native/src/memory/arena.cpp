// SPDX-License-Identifier: MIT
#include "memory/arena.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "memory/leaks.hpp"
#include "places/places.hpp"
#include "shadow.hpp"
#include "threads.hpp"
#include "user_code.hpp"

namespace heddle::native::arena {

namespace {

std::uintptr_t top = begin;
std::uintptr_t floor_of_execution = begin;  // below it lies what earlier ones have left
std::uintptr_t end_of_start = begin;        // of what static initialisers have left
std::uint32_t kept_ever = 0;
bool mapped = false;
std::vector<block*> blocks;      // by address
constexpr std::size_t gap = 16;  // behind each block, beside the next header

// What is larger goes back to the system at the end of an execution.
constexpr std::size_t worth_keeping = std::size_t{32} << 20;

void misuse(const char* what, const block& of, std::uintptr_t caller) {
  sched::report(failure_kind::misuse, std::string(what) + describe_block(of), place_of(caller));
}

[[nodiscard]] bool map() noexcept {
  if (mapped) return true;
  void* const at = ::mmap(reinterpret_cast<void*>(begin), capacity, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  return mapped = at == reinterpret_cast<void*>(begin);
}

// Null: there is no more.
block* place(std::size_t bytes, std::size_t alignment, std::uintptr_t caller) noexcept {
  if (alignment < 16) alignment = 16;
  const std::uintptr_t start =
      (top + gap + block::header_bytes + alignment - 1) & ~(std::uintptr_t{alignment} - 1);
  if (bytes > capacity || start + bytes + gap > begin + capacity) return nullptr;
  auto* const made = reinterpret_cast<block*>(start - block::header_bytes);
  *made = {};
  made->bytes = bytes;
  made->allocated = caller;
  top = start + bytes;
  blocks.push_back(made);
  return made;
}

}  // namespace

void begin_execution() {
  if (!map()) {
    throw std::runtime_error("heddle::native: the addresses that it uses for memory are taken");
  }
}

void* allocate(std::size_t bytes, std::size_t alignment, std::uintptr_t caller) noexcept {
  block* const made = place(bytes, alignment, caller);
  if (made == nullptr) return nullptr;
  thread_record& self = this_record();
  made->thread = self.id;
  made->number = ++self.blocks;
  made->key = sched::mix(self.key, std::uint64_t{made->number} << 32);
  return reinterpret_cast<void*>(made->begin());
}

void* allocate_at_start(std::size_t bytes, std::size_t alignment, std::uintptr_t caller) noexcept {
  block* const made = map() ? place(bytes, alignment, caller) : nullptr;
  if (made == nullptr) return nullptr;
  made->thread = sched::no_thread;
  made->number = static_cast<std::uint32_t>(blocks.size());
  made->key = sched::mix(0x7374'6172'74, made->number);
  made->kept = true;
  return reinterpret_cast<void*>(made->begin());
}

bool is_of_start(std::uintptr_t address) noexcept { return address - begin < end_of_start - begin; }

const std::vector<block*>& end_start() {
  end_of_start = floor_of_execution = top = (top + 4095) & ~std::uintptr_t{4095};
  return blocks;
}

block* find(std::uintptr_t address) noexcept {
  if (!contains(address)) return nullptr;
  // Most often the same as the last time, which may be out of date.
  static constinit std::size_t last = 0;
  const auto begins_behind = [address](const block* of) {
    return address < reinterpret_cast<std::uintptr_t>(of);
  };
  if (last < blocks.size() && !begins_behind(blocks[last]) &&
      (last + 1 == blocks.size() || begins_behind(blocks[last + 1]))) {
    return blocks[last];
  }
  const auto after = std::upper_bound(
      blocks.begin(), blocks.end(), address,
      [](std::uintptr_t at, const block* of) { return at < reinterpret_cast<std::uintptr_t>(of); });
  if (after == blocks.begin()) return nullptr;
  last = static_cast<std::size_t>(after - 1 - blocks.begin());
  return blocks[last];
}

std::size_t size_of(const void* memory) noexcept {
  const block* const of = find(reinterpret_cast<std::uintptr_t>(memory));
  return of == nullptr ? 0 : of->bytes;
}

void free(void* memory, std::uintptr_t caller) noexcept {
  const auto address = reinterpret_cast<std::uintptr_t>(memory);
  block* const of = find(address);
  const bool watched = sched::in_execution() && caller != 0;
  if (of == nullptr || of->begin() != address) {
    if (watched && of != nullptr) misuse("it frees what is no beginning of a block: ", *of, caller);
    return;
  }
  if (of->freed != 0) {
    if (watched) misuse("it frees memory twice: ", *of, caller);
    return;
  }
  if (watched) shadow::freed(of->begin(), of->bytes, caller);
  of->freed = caller == 0 ? 1 : caller;
}

void look_for_leaks(sched::outcome& result) noexcept {
  // Of most executions nothing is left, and what earlier ones have left need not be looked for
  // again.
  const bool any = std::any_of(blocks.begin(), blocks.end(),
                               [](const block* at) { return at->freed == 0 && !at->kept; });
  if (!any) return;
  const block* const lost = find_leak(blocks);
  const bool ended = result.result == sched::verdict::passed && result.unfinished.empty();
  if (lost == nullptr || !ended || !leaks_are_failures()) return;
  sched::failure_record leak{failure_kind::leak, "memory was never freed: " + describe_block(*lost),
                             lost->thread, place_of(lost->allocated)};
  leak.step = result.steps;
  result.failure = std::move(leak);
  result.result = sched::verdict::failed;
}

void end_execution() noexcept {
  std::erase_if(blocks, [](const block* at) {
    if (is_of_start(at->begin())) return false;
    return at->freed != 0 || !(at->kept || at->reachable);
  });
  for (block* at : blocks) {
    if (!at->kept) at->key = sched::mix(0x6b65'7074, ++kept_ever);
    at->kept = true;
  }
  floor_of_execution =
      blocks.empty() ? begin : (blocks.back()->end() + 4095) & ~std::uintptr_t{4095};
  floor_of_execution = std::max(floor_of_execution, end_of_start);
  if (top > floor_of_execution + worth_keeping) {
    ::madvise(reinterpret_cast<void*>(floor_of_execution), top - floor_of_execution, MADV_DONTNEED);
  }
  top = floor_of_execution;
}

}  // namespace heddle::native::arena
