// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/sched/choice.hpp>
#include <heddle/sched/shape.hpp>

namespace heddle::sched {

// The recorded indices of the choices taken in one execution, with what replay needs.
//
// Its text form, the token, is one word that no shell touches:
//
//   hd1:0b8a5e21:sc.report.e1.r2:7x0.1.2x0.3:5e0c21f9aa7:9d1f
//    |     |            |             |           |        checksum of all that stands before it
//    |     |            |             |           marks: one hex digit of the rolling fingerprint
//    |     |            |             |           per choice (long schedules: per stride())
//    |     |            |             indices, runs of equal ones as <count>x<index>
//    |     |            options that shape the choices: memory model, races, bounds
//    |     hash of the test's name
//    version
struct schedule {
  std::uint32_t test = 0;  // hash_name() of the test
  sched::shape shape;      // of the execution
  std::vector<std::uint32_t> indices;
  std::string marks;  // empty: not recorded, replay cannot verify

  // Every stride()-th choice leaves a mark, so that there are at most 64.
  [[nodiscard]] static std::size_t stride(std::size_t choices) noexcept {
    return choices <= 64 ? 1 : (choices + 63) / 64;
  }

  [[nodiscard]] std::string token() const;
  // Throws std::invalid_argument that says what is wrong with the text and what to do.
  [[nodiscard]] static schedule parse(std::string_view token);

  friend bool operator==(const schedule&, const schedule&) = default;
};

[[nodiscard]] std::uint32_t hash_name(std::string_view name) noexcept;

// A rolling fingerprint over what was chosen from: for each candidate the thread, the kind of its
// operation and its object. Objects made outside executions count by kind only (see made_outside).
[[nodiscard]] std::uint64_t fingerprint(std::uint64_t before, const choice& where) noexcept;
[[nodiscard]] char mark_of(std::uint64_t sum) noexcept;

}  // namespace heddle::sched
