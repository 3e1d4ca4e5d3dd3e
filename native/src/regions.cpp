// SPDX-License-Identifier: MIT
#include "regions.hpp"

#include <link.h>
#include <unwind.h>

#include <string_view>
#include <vector>

#include "address_table.hpp"
#include "callers.hpp"
#include "memory/leaks.hpp"
#include "places/declared.hpp"
#include "places/symbols.hpp"
#include "threads.hpp"
#include "user_code.hpp"

extern "C" {
extern const char __executable_start __attribute__((weak));
extern const char _end __attribute__((weak));  // of the program
}

namespace heddle::native {

namespace {

struct segment {
  std::uintptr_t begin;
  std::uintptr_t end;
  std::uintptr_t base;  // where its module lies
  sched::stable_key key;
  bool writable;
  bool own;       // of the program, or of a library beside the C library
  bool standard;  // of the standard or the C library
};
std::vector<segment> segments;

int look_at_module(dl_phdr_info* info, std::size_t, void*) {
  const std::string_view path = info->dlpi_name == nullptr ? "" : info->dlpi_name;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  sched::stable_key key = 1;
  for (const char c : name) key = sched::mix(key, static_cast<unsigned char>(c));
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD) continue;
    const std::uintptr_t begin = info->dlpi_addr + header.p_vaddr;
    segments.push_back({begin, begin + header.p_memsz, info->dlpi_addr, key,
                        (header.p_flags & PF_W) != 0,
                        !name.starts_with("libc.so") && !name.starts_with("ld-linux"),
                        name.starts_with("libstdc++.") || name.starts_with("libc.so")});
  }
  return 0;
}

std::uintptr_t nameless_page = 0;  // a page in which no segment lies; 0: none is known

// Memory of a library: who comes upon eight bytes of it first names them.
address_table<sched::stable_key> nameless;
sched::stable_key name_of_nameless(std::uintptr_t address) {
  sched::stable_key& known = nameless.at(address & ~std::uintptr_t{7}, 0);
  if (known == 0) {
    thread_record& self = this_record();
    known = sched::mix(~self.key, ++self.nameless);
  }
  return known;
}

const segment* segment_of(std::uintptr_t address) noexcept {
  for (const segment& at : segments) {
    if (address >= at.begin && address < at.end) return &at;
  }
  return nullptr;
}

}  // namespace

void look_at_mappings() {
  segments.clear();
  nameless_page = 0;
  ::dl_iterate_phdr(&look_at_module, nullptr);
}

void name(std::uintptr_t address) {
  const auto begin = reinterpret_cast<std::uintptr_t>(&__executable_start);
  if (address - begin < reinterpret_cast<std::uintptr_t>(&_end) - begin) return;
  if (stack_owner(address) != 0 || arena::find(address) != nullptr) return;
  // Most often of the same page as the last time.
  if (address >> 12 != nameless_page && segment_of(address) != nullptr) return;
  nameless_page = address >> 12;
  (void)name_of_nameless(address);
}
bool is_of_library(std::uintptr_t address) {
  const segment* const in = segment_of(address);
  return in != nullptr && (in->standard || is_variable_of_library(address));
}
void forget_names() noexcept { nameless.clear(); }

whereabouts locate(std::uintptr_t address) {
  if (address - stacks_begin < stacks_bytes) {
    if (const thread_record* owner = owner_of_stack(address)) {
      return {sched::mix(owner->key, address % stack_stride), owner->id + 1};
    }
  }
  if (const block* in = arena::find(address)) {
    return {sched::mix(in->key, address - in->begin() + 1), 0};
  }
  if (const segment* in = segment_of(address)) {
    return {sched::mix(in->key, address - in->base), 0};
  }
  return {sched::mix(name_of_nameless(address), address % 8), 0};
}

std::string describe(std::uintptr_t address) {
  if (std::string name = local_names::of(address); !name.empty()) return name;
  const auto plus = [](std::uintptr_t offset) {
    return offset == 0 ? std::string() : " + " + std::to_string(offset);
  };
  if (const thread_record* owner =
          address - stacks_begin < stacks_bytes ? owner_of_stack(address) : nullptr) {
    return "T" + std::to_string(owner->id) + "'s stack" + " - " +
           std::to_string(static_cast<std::ptrdiff_t>(owner->stack_top - address));
  }
  if (const block* in = arena::find(address)) {
    return "block " + std::to_string(in->number) + owner_of(*in) + plus(address - in->begin());
  }
  if (const segment* in = segment_of(address)) {
    std::uintptr_t offset = 0;
    const std::string name = data_symbol(address, in->base, offset);
    if (!name.empty()) return name + plus(offset);
    return "global" + plus(address - in->base);
  }
  return "memory of a library";
}

bool in_module(std::uintptr_t address) noexcept {
  if (segments.empty()) look_at_mappings();
  return segment_of(address) != nullptr && segment_of(address + 8) != nullptr;
}

bool is_writable(std::uintptr_t address) noexcept {
  const segment* const in = segment_of(address);
  return in != nullptr && in->writable;
}

void for_host_stack(void (*scan)(std::uintptr_t, std::uintptr_t)) {
  struct walk {
    void (*scan)(std::uintptr_t, std::uintptr_t);
    std::uintptr_t below = 0;  // where the frame begins: at the end of the one that it has called
  } from{scan};
  const auto look_at_frame = [](_Unwind_Context* context, void* of) {
    auto& at = *static_cast<walk*>(of);
    const std::uintptr_t end = _Unwind_GetCFA(context);
    if (at.below != 0 && is_instrumented(_Unwind_GetIP(context))) at.scan(at.below, end);
    at.below = end;
    return _URC_NO_REASON;
  };
  _Unwind_Backtrace(look_at_frame, &from);
}

void for_each_global(void (*scan)(std::uintptr_t, std::uintptr_t)) {
  for (const segment& at : segments) {
    if (at.writable && at.own) scan(at.begin, at.end);
  }
}

}  // namespace heddle::native
