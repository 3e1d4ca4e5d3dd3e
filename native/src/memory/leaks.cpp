// SPDX-License-Identifier: MIT
#include "memory/leaks.hpp"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "memory/pages.hpp"
#include "places/places.hpp"
#include "regions.hpp"

namespace heddle::native {

namespace {

struct range {
  std::uintptr_t begin;
  std::uintptr_t end;
};

// The part of the C library's heap that grows in one piece.
range heap() {
  range found{0, 0};
  std::FILE* const maps = std::fopen("/proc/self/maps", "re");
  if (maps == nullptr) return found;
  char line[512];
  while (std::fgets(line, sizeof line, maps) != nullptr) {
    unsigned long long begin = 0;
    unsigned long long end = 0;
    if (std::strstr(line, "[heap]") == nullptr) continue;
    if (std::sscanf(line, "%llx-%llx", &begin, &end) == 2) found = {begin, end};
  }
  std::fclose(maps);
  return found;
}

// Follows every aligned word that may be a pointer, from wherever it starts. What it remembers on
// the way is not on the heap: that would change, and become shorter, while it is read.
class search {
 public:
  explicit search(bool into_heap) : heap_(heap()), into_heap_(into_heap) {}

  void add(range from) { open_.push_back(from); }
  void run() {
    while (!open_.empty()) {
      const range from = open_.back();
      open_.pop_back();
      if (is_gone(from.begin)) continue;
      for (std::uintptr_t at = (from.begin + 7) & ~std::uintptr_t{7}; at + 8 <= from.end; at += 8) {
        if (at % 4096 == 0 && is_gone(at)) break;
        std::uintptr_t word;
        std::memcpy(&word, reinterpret_cast<const void*>(at), sizeof word);
        look_at(word);
      }
    }
  }

 private:
  void look_at(std::uintptr_t word) {
    if (arena::contains(word)) {
      block* const found = arena::find(word);
      if (found == nullptr || found->reachable || found->freed != 0 || word > found->end()) return;
      found->reachable = true;
      open_.push_back({found->begin(), found->end()});
    } else if (into_heap_ && word > heap_.begin && word < heap_.end && word % 16 == 0 &&
               !is_gone(word - 8) && seen_.insert(word).second) {
      // Perhaps the beginning of a piece that a library or a static initialiser has allocated. The
      // C library keeps the size in front of it, with three flags; it may be anything here.
      std::size_t size;
      std::memcpy(&size, reinterpret_cast<const void*>(word - sizeof size), sizeof size);
      size &= ~std::size_t{7};
      constexpr std::size_t plausible = std::size_t{1} << 20;
      if (size <= plausible) open_.push_back({word, std::min(word + size, heap_.end)});
    }
  }

  // The heap may have become shorter since its bounds were read, and parts of it may be protected:
  // the system is asked, once for each page after the other.
  [[nodiscard]] bool is_gone(std::uintptr_t at) noexcept {
    if (at < heap_.begin || at >= heap_.end) return false;
    const std::uintptr_t page = at & ~std::uintptr_t{4095};
    if (page == readable_) return false;
    char byte;
    const iovec to{&byte, 1};
    const iovec from{reinterpret_cast<void*>(at), 1};
    if (::process_vm_readv(::getpid(), &to, 1, &from, 1, 0) != 1) return true;
    readable_ = page;
    return false;
  }

  std::uintptr_t readable_ = 0;  // the page that was asked for last
  range heap_;
  bool into_heap_;
  pages from_system_;
  std::pmr::monotonic_buffer_resource memory_{std::size_t{1} << 20, &from_system_};
  std::pmr::vector<range> open_{&memory_};
  std::pmr::unordered_set<std::uintptr_t> seen_{&memory_};
};

search* running = nullptr;
void add_range(std::uintptr_t begin, std::uintptr_t end) { running->add({begin, end}); }

void follow_globals() {
  search globals(true);
  running = &globals;
  for_each_global(&add_range);
  globals.run();
}
// Not into the heap: what the exploration keeps of earlier executions is full of old addresses.
void follow_host_stack() {
  search stack(false);
  running = &stack;
  for_host_stack(&add_range);
  stack.run();
}
void follow_heap() {
  search everything(false);
  const range all = heap();
  everything.add(all);
  everything.run();
}

}  // namespace

const block* find_leak(const std::vector<block*>& blocks) {
  for (block* at : blocks) at->reachable = false;
  follow_globals();
  follow_host_stack();
  const auto lost = std::find_if(blocks.begin(), blocks.end(), [](const block* at) {
    return at->freed == 0 && !at->reachable && !at->kept;
  });
  const block* const found = lost == blocks.end() ? nullptr : *lost;
  follow_heap();
  return found;
}

bool leads_to_heap(std::uintptr_t begin, std::uintptr_t end) {
  static const range all = heap();
  for (std::uintptr_t at = (begin + 7) & ~std::uintptr_t{7}; at + 8 <= end; at += 8) {
    std::uintptr_t word;
    std::memcpy(&word, reinterpret_cast<const void*>(at), sizeof word);
    if (word >= all.begin && word < all.end) return true;
  }
  return false;
}

bool leaks_are_failures() noexcept {
  const char* const said = std::getenv("HEDDLE_LEAKS");
  return said == nullptr || std::string_view(said) != "off";
}

std::string owner_of(const block& of) {
  return of.thread == sched::no_thread ? " of static initialisers"
                                       : " of T" + std::to_string(of.thread);
}

std::string describe_block(const block& of) {
  std::string text =
      std::to_string(of.bytes) + " bytes, block " + std::to_string(of.number) + owner_of(of);
  if (of.kept && of.thread != sched::no_thread) text += " of an earlier execution";
  const std::string made = text_of(place_of(of.allocated));
  if (!made.empty()) text += ", allocated at " + made;
  if (of.freed > 1) {
    const std::string gone = text_of(place_of(of.freed));
    if (!gone.empty()) text += ", freed at " + gone;
  }
  return text;
}

}  // namespace heddle::native
