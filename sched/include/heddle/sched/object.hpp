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

enum class object_kind : std::uint8_t {
  mutex,
  condition,
  atomic,
  plain,
  thread,
  clock,
  marker,
  semaphore,
  latch,
  barrier,
  shared_mutex,
  monitor,
};

// Appends the text of a raw value, e.g. "-3" or "true". Null: no text (too large or not printable).
using value_text = void (*)(std::uint64_t raw, std::string& out);

// Of plain data: of a value that fits a word, or of any other; null where it has no text.
struct plain_texts {
  value_text of_word = nullptr;
  void (*of_value)(const void* value, std::string& out) = nullptr;
};

// Identity and book-keeping that every kind shares. Objects are neither copied nor moved: threads
// may be waiting on their address.
struct object {
  explicit object(object_kind what, location where) noexcept;  // registers: gives it its id
  // Of a thing without an identity of its own (what an atomic_ref refers to): all that are made
  // with one key are one object to whoever compares objects.
  object(object_kind what, location where, stable_key shared) noexcept;
  ~object();
  object(const object&) = delete;
  object& operator=(const object&) = delete;

  object_kind kind;
  bool is_point = false;          // plain data whose accesses are scheduling points
  thread_id creator = no_thread;  // no_thread: made outside any execution
  std::uint32_t index = 0;        // among the creator's objects
  std::uint32_t epoch = 0;        // the execution its state belongs to; another one resets it
  std::uint32_t version = 0;      // counts changes; an unchanged version makes a re-read futile
  std::uint32_t twin = 0;         // of plain data made outside: its number among those of its place
  stable_key key = 0;             // the top bit is set for objects made outside
  const char* name = nullptr;     // given by heddle::name(); kept by sched
  location created;
  thread_record* pending = nullptr;  // threads with a pending blockable operation on it
  object* next_live = nullptr;       // objects of the running execution
  object* previous_live = nullptr;
  std::uint32_t life = alive;  // to notice a use after its destruction, as long as the memory lasts
  static constexpr std::uint32_t alive = 0x6c69'7665;
  static constexpr std::uint32_t dead = 0x6465'6164;
};

// A happens-before clock in the memory of the current execution (empty: all zeros).
struct clock_storage {
  std::uint32_t* entries = nullptr;
  std::uint32_t width = 0;
};

struct mutex_object : object {
  explicit mutex_object(bool is_recursive, location where) noexcept
      : object(object_kind::mutex, where), recursive(is_recursive) {}
  mutex_object(bool is_recursive, location where, stable_key shared) noexcept
      : object(object_kind::mutex, where, shared), recursive(is_recursive) {}
  const bool recursive;
  bool anyone_unlocks = false;  // not only its owner, as with a default POSIX mutex
  thread_id owner = no_thread;
  std::uint32_t depth = 0;
  location acquired;  // where the owner took it
  clock_storage released;
};

// The threads that wait until they are woken, longest waiting first.
struct wait_queue {
  thread_record* first_waiter = nullptr;
  thread_record* last_waiter = nullptr;
  std::uint32_t waiters = 0;
};

struct condition_object : object, wait_queue {
  explicit condition_object(location where) noexcept : object(object_kind::condition, where) {}
  condition_object(location where, stable_key shared) noexcept
      : object(object_kind::condition, where, shared) {}
};

struct atomic_object : object, wait_queue {
  atomic_object(std::uint64_t initial, value_text printer, location where) noexcept
      : object(object_kind::atomic, where), value(initial), text(printer) {}
  atomic_object(std::uint64_t initial, value_text printer, location where,
                stable_key shared) noexcept
      : object(object_kind::atomic, where, shared), value(initial), text(printer) {}
  std::uint64_t value;  // the object representation, or an index where it is larger than 8 bytes
  value_text text;
  clock_storage released;
  // With weak memory: the last of its modification order, which holds `value`; 0: not asked for
  // yet.
  std::uint32_t newest = 0;
  bool only_newest = false;  // its value lives elsewhere: older ones cannot be read any more
  // Where the value itself lies, of an atomic that user code reads and writes by its address.
  void* cell = nullptr;
  std::uint32_t cell_bytes = 0;  // 1, 2, 4 or 8
};

// Who has taken permits, and given them back. Kept only while there are daemons.
struct permit_account {
  struct entry {  // in the execution's memory
    thread_id thread = no_thread;
    std::uint32_t held = 0;
    bool gave_back = false;  // one that it had taken
    location taken;          // the last
    entry* next = nullptr;
  };
  entry* first = nullptr;
  bool lent = false;      // somebody gave what they had not taken
  std::int64_t most = 0;  // permits that were there at a time
};

// Permits, at most `max` of them.
struct semaphore_object : object {
  semaphore_object(std::uint64_t permits, std::uint64_t most, location where) noexcept
      : object(object_kind::semaphore, where), initial(permits), max(most), count(permits) {}
  semaphore_object(std::uint64_t permits, std::uint64_t most, location where,
                   stable_key shared) noexcept
      : object(object_kind::semaphore, where, shared),
        initial(permits),
        max(most),
        count(permits) {}
  const std::uint64_t initial;
  const std::uint64_t max;
  std::uint64_t count;
  clock_storage released;
  permit_account account;
};

// Opens for good when it has been counted down to zero.
struct latch_object : object {
  latch_object(std::uint64_t expected, location where) noexcept
      : object(object_kind::latch, where), initial(expected), count(expected) {}
  const std::uint64_t initial;
  std::uint64_t count;
  clock_storage released;
};

// Phase after phase, each of which ends when all expected arrivals have come.
struct barrier_object : object {
  barrier_object(std::uint64_t parties, bool completes, location where) noexcept
      : object(object_kind::barrier, where),
        initial(parties),
        has_completion(completes),
        expected(parties),
        missing(parties) {}
  barrier_object(std::uint64_t parties, location where, stable_key shared) noexcept
      : object(object_kind::barrier, where, shared),
        initial(parties),
        has_completion(false),
        expected(parties),
        missing(parties) {}
  const std::uint64_t initial;
  const bool has_completion;  // the last to arrive runs it, then announces complete_phase
  std::uint64_t expected;     // in the next phase
  std::uint64_t missing;      // in this phase
  std::uint64_t phase = 0;
  clock_storage arrived;    // of this phase so far
  clock_storage completed;  // of the last complete phase
};

// One owner, or any number of readers.
struct shared_mutex_object : object {
  explicit shared_mutex_object(location where) noexcept
      : object(object_kind::shared_mutex, where) {}
  shared_mutex_object(location where, stable_key shared) noexcept
      : object(object_kind::shared_mutex, where, shared) {}
  thread_id owner = no_thread;
  location acquired;             // where the owner, or the first reader, took it
  thread_id* readers = nullptr;  // in the execution's memory
  std::uint32_t reader_count = 0;
  std::uint32_t reader_capacity = 0;
  clock_storage released;         // by owners
  clock_storage released_shared;  // by readers
};

// A plain variable: watched for data races, never waited for.
struct plain_object : object {
  explicit plain_object(const plain_texts* texts, location where) noexcept
      : object(object_kind::plain, where), text(texts) {}
  plain_object(const plain_texts* texts, location where, stable_key shared) noexcept
      : object(object_kind::plain, where, shared), text(texts) {}
  struct access {
    thread_id thread = no_thread;
    std::uint32_t time = 0;  // the accessing thread's own clock entry
    location where;
  };
  const plain_texts* text;  // static; may be null
  bool benign = false;      // races on it are not reported
  access write;
  access read;                     // the only reader since the last write, or ...
  access* shared_reads = nullptr;  // ... one entry per thread, in the execution's memory
  std::uint32_t shared_width = 0;
};

}  // namespace heddle::sched
