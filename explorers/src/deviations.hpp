// SPDX-License-Identifier: MIT
#pragma once

#include <unordered_map>
#include <vector>

#include "measuring.hpp"

namespace heddle::explorers {

// A choice that was not the boring one, said in terms that survive changes elsewhere in the
// schedule: not the how-manieth choice it was, but where its thread stood and what it went for.
struct deviation {
  sched::choice_kind kind = sched::choice_kind::thread;
  sched::stable_key acting = 0;
  std::uint32_t position = 0;    // `thread`: steps of `acting`; else: its how-manieth such choice
  sched::stable_key target = 0;  // the thread to run or to wake
  std::uint32_t value = 0;       // of a `value` choice
  bool early = false;            // an early time-out
};

// Takes the boring candidate except where it is told to deviate; a deviation that is impossible
// where it applies is left out. Also notes the deviations of the execution.
class deviating : public measuring {
 public:
  deviating(std::vector<deviation> wanted, std::uint32_t longest);
  bool begin_execution() override;
  [[nodiscard]] const std::vector<deviation>& made() const noexcept { return made_; }

 protected:
  std::uint32_t pick(const sched::choice& where) override;
  virtual std::uint32_t decide(const sched::choice& where, const deviation& here);

 private:
  std::vector<deviation> wanted_;
  std::unordered_map<std::uint64_t, std::size_t> at_;  // in wanted_
  std::unordered_map<std::uint64_t, std::uint32_t> counts_;
  std::vector<deviation> made_;
};

// The same, but following indices: finds out what they deviate in.
class extracting final : public deviating {
 public:
  explicit extracting(const std::vector<std::uint32_t>& indices)
      : deviating({}, 0xffff'ffff), follow_(indices) {}
  [[nodiscard]] needs wants() const override { return {}; }

 protected:
  std::uint32_t decide(const sched::choice&, const deviation&) override {
    const std::size_t at = indices().size();
    return at < follow_.size() ? follow_[at] : 0;
  }

 private:
  const std::vector<std::uint32_t>& follow_;
};

}  // namespace heddle::explorers
