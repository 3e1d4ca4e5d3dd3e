// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/sched/racy_key.hpp>

namespace heddle {

// What to do about unordered accesses to plain data.
enum class races : std::uint8_t {
  report,   // every race is a failure; plain accesses are no scheduling points
  explore,  // accesses of the plain objects on which threads race are scheduling points, as soon
            // as such a race has been seen: what races do to a test is explored, but no race is
            // reported
  explore_all,  // every plain access is a scheduling point, and no race is reported
  off,          // not checked
};

// What loads of atomics may read.
enum class memory : std::uint8_t {
  sc,    // the newest store: atomics of every order behave as seq_cst
  cxx,   // whatever C++20 allows, as far as nothing is read before it has been written
  rc11,  // the same by the rules of RC11, which order seq_cst operations otherwise
};

namespace sched {

// Without a bound.
inline constexpr std::uint32_t any_number = 1'000'000'000;

// How an execution was run: choices can be repeated only in the same way. As long as no order
// weaker than seq_cst has been met, and where an explorer does not want more, that is as with sc.
struct memory_use {
  heddle::memory model = memory::sc;
  std::uint32_t stale_reads = 0;
  friend bool operator==(const memory_use&, const memory_use&) = default;
};

// What shapes the choices of an execution: a schedule means something only under the shape that it
// was recorded with, and carries it.
struct shape {
  heddle::memory memory = heddle::memory::sc;
  heddle::races races = heddle::races::report;
  std::vector<racy_key> racy =
      {};  // with races::explore: the plain objects that are points; sorted
  // Bounds on what may happen without cause, each per execution unless said otherwise:
  std::uint32_t early_timeouts = 1;     // clock advances while others could run
  std::uint32_t rereads = 2;            // unchanged re-reads in a row before a thread is parked
  std::uint32_t spurious = 0;           // wake-ups without a notify
  std::uint32_t weak_cas_failures = 0;  // weak compare-exchanges that fail without cause
  std::uint32_t try_lock_failures = 0;  // try_locks that fail although the lock is free
  std::uint32_t deferred_asyncs = 0;    // calls of async without a policy that run deferred
  std::uint32_t lock_back_offs = 1;     // of each std::lock; then all are taken at once
  // Where `memory` is not sc: reads of another store than the newest, and stores that are not put
  // at the end of the modification order.
  std::uint32_t stale_reads = 2;

  // Of an execution of this shape that was run so; and the reverse.
  [[nodiscard]] shape with(const memory_use& use) const noexcept;
  [[nodiscard]] memory_use use() const noexcept;

  // As it stands in a token: "sc.report.e1.r2", the other bounds where they are not the default,
  // and each racy object, as in "sc.explore.e1.r2.p09af1234".
  [[nodiscard]] std::string text() const;
  // Throws std::invalid_argument with what is wrong with the text, in a few words.
  [[nodiscard]] static shape parse(std::string_view text);

  friend bool operator==(const shape&, const shape&) = default;
};

// The words of tokens, options and variables.
inline constexpr std::string_view memory_words = "\"cxx\", \"rc11\" or \"sc\"";
inline constexpr std::string_view races_words =
    "\"report\", \"explore\", \"explore_all\" or \"off\"";
[[nodiscard]] std::string_view word_of(races how) noexcept;
[[nodiscard]] std::string_view word_of(memory model) noexcept;
[[nodiscard]] std::optional<memory> memory_of(std::string_view word) noexcept;
[[nodiscard]] std::optional<races> races_of(std::string_view word) noexcept;

}  // namespace sched
}  // namespace heddle
