// SPDX-License-Identifier: MIT
#include "callers.hpp"

#include <array>
#include <cstring>

#include "regions.hpp"

extern "C" {
void __tsan_func_entry(void* caller);
void __tsan_func_exit();
// Of libgcc: the table that exceptions are unwound with knows where functions begin and end.
struct dwarf_eh_bases {
  void* text;
  void* data;
  void* function;
};
const void* _Unwind_Find_FDE(void* address, dwarf_eh_bases* bases);
}

namespace heddle::native {

namespace {

struct range {
  std::uintptr_t begin = 0;
  std::uintptr_t end = 0;
};

range range_around(std::uintptr_t address) noexcept {
  dwarf_eh_bases bases{};
  const void* const entry = _Unwind_Find_FDE(reinterpret_cast<void*>(address), &bases);
  if (entry == nullptr) return {};
  // length, distance to the common part, begin (relative), size: four words of four bytes, as all
  // compilers for this processor write them.
  std::uint32_t size = 0;
  std::memcpy(&size, static_cast<const char*>(entry) + 12, sizeof size);
  const auto begin = reinterpret_cast<std::uintptr_t>(bases.function);
  return {begin, begin + size};
}

template <class T>
T read_at(std::uintptr_t address) noexcept {
  T value;
  std::memcpy(&value, reinterpret_cast<const void*>(address), sizeof value);
  return value;
}

// What `call` at `address` calls: directly, or through the entry of a procedure linkage table.
bool leads_to_us(std::uintptr_t target) noexcept {
  const auto ours = [](std::uintptr_t at) {
    return at == reinterpret_cast<std::uintptr_t>(&__tsan_func_entry) ||
           at == reinterpret_cast<std::uintptr_t>(&__tsan_func_exit);
  };
  if (ours(target)) return true;
  if (!in_module(target)) return false;  // the byte was no call
  std::uintptr_t at = target;
  if (read_at<std::uint32_t>(at) == 0xfa1e'0ff3) at += 4;  // endbr64
  if (read_at<std::uint8_t>(at) == 0xf2) ++at;             // bnd
  if (read_at<std::uint16_t>(at) != 0x25ff) return false;  // jmp *there
  const std::uintptr_t slot =
      at + 6 +
      static_cast<std::uintptr_t>(static_cast<std::intptr_t>(read_at<std::int32_t>(at + 2)));
  if (!in_module(slot)) return false;
  return ours(read_at<std::uintptr_t>(slot));
}

bool scan(range in) noexcept {
  for (std::uintptr_t at = in.begin; at + 6 <= in.end; ++at) {
    const auto byte = read_at<std::uint8_t>(at);
    if (byte == 0xe8) {  // call
      const auto distance = static_cast<std::intptr_t>(read_at<std::int32_t>(at + 1));
      if (leads_to_us(at + 5 + static_cast<std::uintptr_t>(distance))) return true;
    } else if (byte == 0xff && read_at<std::uint8_t>(at + 1) == 0x15) {  // call *there
      const auto distance = static_cast<std::intptr_t>(read_at<std::int32_t>(at + 2));
      const std::uintptr_t slot = at + 6 + static_cast<std::uintptr_t>(distance);
      if (slot % 8 != 0 || !in_module(slot)) continue;
      const auto target = read_at<std::uintptr_t>(slot);
      if (target == reinterpret_cast<std::uintptr_t>(&__tsan_func_entry) ||
          target == reinterpret_cast<std::uintptr_t>(&__tsan_func_exit)) {
        return true;
      }
    }
  }
  return false;
}

struct answer {
  std::uintptr_t address = 0;
  bool instrumented = false;
};
std::array<answer, 4096> remembered;

}  // namespace

std::uintptr_t function_around(std::uintptr_t address) noexcept {
  return range_around(address).begin;
}

bool is_instrumented(std::uintptr_t return_address) noexcept {
  answer& slot = remembered[(return_address ^ return_address >> 12) % remembered.size()];
  if (slot.address != return_address) {
    const range in = range_around(return_address - 1);
    slot = {return_address, in.begin != 0 && scan(in)};
  }
  return slot.instrumented;
}

}  // namespace heddle::native
