// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <heddle/explorers/wrapper.hpp>

namespace heddle::explorers {

// Several explorers that take turns, execution by execution, each according to its share: who
// finds a bug in n executions on its own finds it here in n divided by its share, whatever the
// others do. Which explorer makes which execution is a matter of the number of the execution alone.
// One that has nothing left drops out.
class portfolio final : public wrapper {
 public:
  void add(std::unique_ptr<sched::explorer> arm, std::uint32_t share);

  bool begin_execution() override;
  [[nodiscard]] headway searched() const override { return {}; }
  // Those of the explorer that claims most.
  [[nodiscard]] coverage claim() const override;
  [[nodiscard]] std::vector<std::string> assumptions() const override;
  [[nodiscard]] std::string complaint() const override;

 private:
  struct member {
    std::unique_ptr<sched::explorer> arm;
    std::int64_t share;
    std::int64_t due = 0;
    bool done = false;
  };
  [[nodiscard]] const sched::explorer& best() const;

  std::vector<member> members_;
};

// The random family in the shares that do well on published data: SURW finds most of what anyone
// finds, and each of the others something that it does not.
[[nodiscard]] std::unique_ptr<portfolio> random_family(std::uint64_t seed, std::uint32_t depth);

}  // namespace heddle::explorers
