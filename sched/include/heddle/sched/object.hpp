// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <heddle/sched/ids.hpp>
#include <heddle/sched/location.hpp>

// The model state that a shim type carries inside itself, one struct per kind of shared object.
// When an operation on it is enabled and what it does stands in sched/src/objects/<kind>.hpp.
// Plain data without behaviour: shims only embed these and hand them to <heddle/sched/point.hpp>.
namespace heddle::sched {

struct thread_record;  // private to sched

enum class object_kind : std::uint8_t { mutex, condition, atomic, plain, thread, clock, marker };

// Appends the text of a raw value, e.g. "-3" or "true". Null: no text (too large or not printable).
using value_text = void (*)(std::uint64_t raw, std::string& out);

// Identity and book-keeping that every kind shares. Objects are neither copied nor moved: threads
// may be waiting on their address.
struct object {
  explicit object(object_kind what, location where) noexcept;  // registers: gives it its id
  ~object();
  object(const object&) = delete;
  object& operator=(const object&) = delete;

  object_kind kind;
  thread_id creator = no_thread;  // no_thread: made outside any execution
  std::uint32_t index = 0;        // among the creator's objects
  std::uint32_t epoch = 0;        // the execution its state belongs to; another one resets it
  std::uint32_t version = 0;      // counts changes; an unchanged version makes a re-read futile
  stable_key key = 0;             // the top bit is set for objects made outside
  const char* name = nullptr;     // given by heddle::name(); kept by sched
  location created;
  thread_record* pending = nullptr;  // threads with a pending blockable operation on it
  object* next_live = nullptr;       // objects of the running execution
  object* previous_live = nullptr;
};

// A happens-before clock in the memory of the current execution (empty: all zeros).
struct clock_storage {
  std::uint32_t* entries = nullptr;
  std::uint32_t width = 0;
};

struct mutex_object : object {
  explicit mutex_object(bool is_recursive, location where) noexcept
      : object(object_kind::mutex, where), recursive(is_recursive) {}
  const bool recursive;
  thread_id owner = no_thread;
  std::uint32_t depth = 0;
  location acquired;  // where the owner took it
  clock_storage released;
};

struct condition_object : object {
  explicit condition_object(location where) noexcept : object(object_kind::condition, where) {}
  thread_record* first_waiter = nullptr;  // longest waiting first
  thread_record* last_waiter = nullptr;
  std::uint32_t waiters = 0;
};

struct atomic_object : object {
  atomic_object(std::uint64_t initial, value_text printer, location where) noexcept
      : object(object_kind::atomic, where), value(initial), text(printer) {}
  std::uint64_t value;  // the object representation, or an index where it is larger than 8 bytes
  value_text text;
  clock_storage released;
};

// A plain variable: watched for data races, never waited for.
struct plain_object : object {
  explicit plain_object(value_text printer, location where) noexcept
      : object(object_kind::plain, where), text(printer) {}
  struct access {
    thread_id thread = no_thread;
    std::uint32_t time = 0;  // the accessing thread's own clock entry
    location where;
  };
  value_text text;
  access write;
  access read;                     // the only reader since the last write, or ...
  access* shared_reads = nullptr;  // ... one entry per thread, in the execution's memory
  std::uint32_t shared_width = 0;
};

}  // namespace heddle::sched
