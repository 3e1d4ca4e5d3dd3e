// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <heddle/sched/explorer.hpp>

namespace heddle::explorers {

// "bytes": one execution whose choices are taken from a string of bytes, as fuzzers make them.
// Numbers (heddle::choose) take theirs from its front, choices of a thread from its back: what a
// fuzzer changes in one leaves the other alone. A byte stands for a candidate by its remainder, as
// many bytes as it takes where there are more than 256 candidates. When front and back have met,
// every choice is the boring one, so that short strings are simple executions.
class bytes final : public sched::explorer {
 public:
  explicit bytes(std::span<const std::uint8_t> from) : all_(from.begin(), from.end()) {}
  bytes(const bytes&) = delete;
  bytes& operator=(const bytes&) = delete;
  // Newest stores only: whether older ones are choices depends on executions before, and the same
  // bytes must always do the same.
  [[nodiscard]] needs wants() const override { return {.stale_reads = 0}; }
  bool begin_execution() override { return !std::exchange(done_, true); }
  std::uint32_t choose(const sched::choice& where) override {
    const bool front = !names_thread(where.kind);
    std::uint64_t number = 0;
    for (std::uint32_t rest = where.count - 1; rest != 0 && !left_.empty(); rest >>= 8) {
      number = number << 8 | (front ? left_.front() : left_.back());
      left_ = front ? left_.subspan(1) : left_.first(left_.size() - 1);
    }
    return static_cast<std::uint32_t>(number % where.count);
  }
  // More scheduling points have been found: the same bytes again.
  void end_execution(const sched::outcome& result) override {
    if (result.racy.empty()) return;
    left_ = all_;
    done_ = false;
  }
  [[nodiscard]] coverage claim() const override { return coverage::sampled; }

 private:
  std::vector<std::uint8_t> all_;
  std::span<const std::uint8_t> left_{all_};
  bool done_ = false;
};

}  // namespace heddle::explorers
