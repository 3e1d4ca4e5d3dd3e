// SPDX-License-Identifier: MIT
#include "heddle/explorers/portfolio.hpp"

#include <algorithm>

#include "heddle/explorers/pct.hpp"
#include "heddle/explorers/pos.hpp"
#include "heddle/explorers/random_walk.hpp"
#include "heddle/explorers/surw.hpp"
#include "heddle/explorers/urw.hpp"

namespace heddle::explorers {

void portfolio::add(std::unique_ptr<sched::explorer> arm, std::uint32_t share) {
  members_.push_back({std::move(arm), share});
  if (members_.size() == 1) rebind(*members_.front().arm);
}

// Whoever is due most goes next; thus the turns of each lie as far apart as they can.
bool portfolio::begin_execution() {
  for (;;) {
    std::int64_t all = 0;
    member* next = nullptr;
    for (member& at : members_) {
      if (at.done) continue;
      all += at.share;
      at.due += at.share;
      if (next == nullptr || at.due > next->due) next = &at;
    }
    if (next == nullptr) return false;
    next->due -= all;
    rebind(*next->arm);
    if (next->arm->begin_execution()) return true;
    next->done = true;
    if (!next->arm->complaint().empty()) return false;
  }
}

const sched::explorer& portfolio::best() const {
  const auto less = [](const member& a, const member& b) {
    return a.arm->claim() < b.arm->claim();
  };
  return *std::max_element(members_.begin(), members_.end(), less)->arm;
}

coverage portfolio::claim() const { return best().claim(); }
std::vector<std::string> portfolio::assumptions() const { return best().assumptions(); }

std::string portfolio::complaint() const {
  for (const member& at : members_) {
    if (std::string text = at.arm->complaint(); !text.empty()) return text;
  }
  return {};
}

std::unique_ptr<portfolio> random_family(std::uint64_t seed, std::uint32_t depth) {
  auto family = std::make_unique<portfolio>();
  const auto own = [seed](std::uint64_t arm) { return sched::mix(seed, arm); };
  family->add(std::make_unique<surw>(own(1)), 4);
  family->add(std::make_unique<pos>(own(2)), 2);
  family->add(std::make_unique<pct>(own(3), depth), 2);
  family->add(std::make_unique<urw>(own(4)), 1);
  family->add(std::make_unique<random_walk>(own(5)), 1);
  return family;
}

}  // namespace heddle::explorers
