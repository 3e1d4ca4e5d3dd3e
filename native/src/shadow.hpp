// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <heddle/sched/object.hpp>

#include "memory/arena.hpp"

// Every access of user code to plain memory: data races, uses after free, and with
// races::explore_all the scheduling points. Call these inside a section.
namespace heddle::native::shadow {

void read(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller);
void write(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller);

// A block goes: for whoever accesses it without being ordered, that is a write.
void freed(std::uintptr_t address, std::size_t bytes, std::uintptr_t caller);
// A library hands this memory out anew: what was accessed there before was something else.
void forget(std::uintptr_t address, std::size_t bytes) noexcept;

// Is `address`, which lies in this block or not far behind, memory that user code may use? Reports
// it if not.
void report_use(const block& of, std::uintptr_t caller);
inline void check_block(const block& of, std::uintptr_t address, std::uintptr_t caller) {
  if (of.freed != 0 || address >= of.end()) report_use(of, caller);
}
// The same of any address.
void check_use_of_block(std::uintptr_t address, std::uintptr_t caller);
inline void check_use(std::uintptr_t address, std::uintptr_t caller) {
  if (arena::contains(address)) check_use_of_block(address, caller);
}

// An operation on an object of user code's: it must be there when it is announced, and still be
// there when it has been performed, for others may have run in between.
class use_of_object {
 public:
  use_of_object(const volatile void* object, std::uintptr_t caller)
      : address_(reinterpret_cast<std::uintptr_t>(object)), caller_(caller) {
    check_use(address_, caller_);
  }
  ~use_of_object() { check_use(address_, caller_); }
  use_of_object(const use_of_object&) = delete;
  use_of_object& operator=(const use_of_object&) = delete;

 private:
  std::uintptr_t address_;
  std::uintptr_t caller_;
};

// In user's words, what one of the objects is that all this makes.
[[nodiscard]] std::string name_of(const sched::plain_object& of);

// What was known is forgotten.
void begin_execution() noexcept;

}  // namespace heddle::native::shadow
