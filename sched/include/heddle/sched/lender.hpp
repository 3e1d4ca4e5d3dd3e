// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <heddle/sched/ids.hpp>
#include <heddle/sched/location.hpp>
#include <heddle/sched/outcome.hpp>
#include <heddle/sched/point.hpp>

// For a door through which unmodified code comes: its threads expect a stack, thread-local
// variables and an errno of their own. Whoever can lend those says so here, once, before the first
// engine is made; each fiber then runs on what was lent to it. Without a lender fibers share what
// the OS thread has.
namespace heddle::sched {

// What one fiber is lent.
struct lent_thread {
  char* stack = nullptr;    // the lowest usable byte; what lies in the page below faults
  std::size_t bytes = 0;    // of the stack
  void* pointer = nullptr;  // where the processor finds thread-local variables
};

// What is known of an address in code: the line, where it is the user's, else the name of the
// function. Either may be missing.
struct code_place {
  location where{};
  std::string function{};
};

struct lender {
  // Of at least `bytes`. Throws where there is no more to be had.
  lent_thread (*lend)(std::size_t bytes);
  void (*take_back)(const lent_thread& lent) noexcept;
  // What the calling OS thread has of its own; and the way to another one.
  void* (*own_pointer)() noexcept;
  void (*point_to)(void* pointer) noexcept;
  // An execution starts and ends, on the OS thread that runs it. `busy`: while it is true, what
  // runs is no user code. Starting throws where it cannot be.
  void (*begin_execution)(bool& busy);
  void (*end_execution)(outcome& result) noexcept;
  // Thread `id` is about to start on what was lent to its fiber: first that is made as new, then it
  // is known to the rest of sched.
  void (*renew)(const lent_thread& lent) noexcept;
  void (*begin_thread)(thread_id id, stable_key key, const lent_thread& lent) noexcept;
  // What a plain object is called, for reports; asked seldom.
  std::string (*name_of)(const plain_object& object);
  // For reports, too, on the OS thread's own stack.
  code_place (*place_of_code)(std::uintptr_t address);
};
void set_lender(const lender* from) noexcept;
[[nodiscard]] const lender* current_lender() noexcept;

// Inside an execution.
[[nodiscard]] stable_key key_of_this_thread() noexcept;
[[nodiscard]] lent_thread lent_to(thread_id thread) noexcept;
// What was released there has happened before what this thread does from now on. No operation: for
// what can never be otherwise again.
void acquire_from(const clock_storage& released);
void release_to(clock_storage& released);

// What accesses of plain data come to in this execution, for a door that sees every one. `checked`:
// to the check for races and nothing else; as long as those of some data are ordered, and no two of
// its reads are concurrent, the door may keep the last ones by itself and make an object of them
// later (plain_object::write and read). `unchecked`: to nothing. `told`: plain_read and plain_write
// have to be told, as always while `*told_now` is true.
enum class plain_use : std::uint8_t { told, checked, unchecked };
struct plain_terms {
  plain_use use;
  const bool* told_now;
};
[[nodiscard]] plain_terms terms_of_plain() noexcept;
// At the same address as long as the thread runs.
[[nodiscard]] const clock_storage& clock_of_this_thread() noexcept;

// The whole execution is over, now, and nothing is wrong with that: a process has ended.
[[noreturn]] void end_execution();

// While one lives, what runs is no user code, whatever it calls.
class busy_section {
 public:
  explicit busy_section(bool& flag) noexcept : flag_(flag), before_(flag) { flag = true; }
  ~busy_section() { flag_ = before_; }
  busy_section(const busy_section&) = delete;
  busy_section& operator=(const busy_section&) = delete;

 private:
  bool& flag_;
  bool before_;
};

}  // namespace heddle::sched
