// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace heddle {

// What to do about unordered accesses to plain data.
enum class races : std::uint8_t {
  report,       // every race is a failure; plain accesses are no scheduling points
  explore_all,  // every plain access is a scheduling point; what races do to a test is explored,
                // but no race is reported
  off,          // not checked
};

namespace sched {

// What shapes the choices of an execution: a schedule means something only under the shape that it
// was recorded with, and carries it.
struct shape {
  heddle::races races = heddle::races::report;
  // Bounds on what may happen without cause, each per execution unless said otherwise:
  std::uint32_t early_timeouts = 1;     // clock advances while others could run
  std::uint32_t rereads = 2;            // unchanged re-reads in a row before a thread is parked
  std::uint32_t spurious = 0;           // wake-ups without a notify
  std::uint32_t weak_cas_failures = 0;  // weak compare-exchanges that fail without cause
  std::uint32_t try_lock_failures = 0;  // try_locks that fail although the lock is free
  std::uint32_t deferred_asyncs = 0;    // calls of async without a policy that run deferred
  std::uint32_t lock_back_offs = 1;     // of each std::lock; then all are taken at once

  // As it stands in a token: "sc.report.e1.r2", and the other bounds where they are not the
  // default.
  [[nodiscard]] std::string text() const;
  // Throws std::invalid_argument with what is wrong with the text, in a few words.
  [[nodiscard]] static shape parse(std::string_view text);

  friend bool operator==(const shape&, const shape&) = default;
};

// The words of tokens, options and variables.
inline constexpr std::string_view races_words = "\"report\", \"explore_all\" or \"off\"";
[[nodiscard]] std::string_view word_of(races how) noexcept;
[[nodiscard]] std::optional<races> races_of(std::string_view word) noexcept;

}  // namespace sched
}  // namespace heddle
