// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace heddle::explorers {

// How often each class of executions was seen: at all, and by each of several arms once or more
// often. Exact up to a number of classes that fits into memory; from there on only known ones
// count.
class class_table {
 public:
  static constexpr std::uint32_t arms = 15;
  static constexpr std::uint32_t no_arm = arms;
  static constexpr std::size_t most = std::size_t{1} << 21;

  void add(std::uint64_t hash, std::uint32_t arm = no_arm);
  void clear();
  [[nodiscard]] std::uint64_t distinct() const noexcept { return used_; }
  [[nodiscard]] bool full() const noexcept { return used_ == most; }

  struct seen {
    std::int64_t executions = 0;
    std::uint64_t distinct = 0;
    std::uint64_t once = 0;   // classes seen in one execution
    std::uint64_t twice = 0;  // in two
  };
  [[nodiscard]] const seen& by(std::uint32_t arm) const noexcept { return arms_[arm]; }

 private:
  struct entry {
    std::uint64_t hash = 0;
    std::uint32_t counts = 0;  // two bits for each arm, 3: more than twice; the last two: in use
  };
  static constexpr std::uint32_t in_use = 1u << 30;
  [[nodiscard]] entry& find(std::uint64_t hash) noexcept;
  void grow();

  std::vector<entry> entries_ = std::vector<entry>(256);
  std::size_t used_ = 0;
  std::array<seen, arms> arms_{};
};

}  // namespace heddle::explorers
