// SPDX-License-Identifier: MIT
#include "litmus.hpp"

#include <algorithm>

#include "threads.hpp"

namespace counting {

litmus_test::litmus_test(std::string_view text) : of_(text, litmus::order::seq_cst) {}

litmus_test litmus_test::rotated(std::size_t first) const {
  litmus_test other = *this;
  std::rotate(other.of_.threads.begin(),
              other.of_.threads.begin() + static_cast<std::ptrdiff_t>(first),
              other.of_.threads.end());
  return other;
}

litmus_test litmus_test::reversed() const {
  litmus_test other = *this;
  std::reverse(other.of_.threads.begin(), other.of_.threads.end());
  return other;
}

void litmus_test::run() const {
  const auto all = std::make_shared<array<cell>>(of_.objects, 0);
  threads running;
  running.start(static_cast<int>(of_.threads.size()), [this, all](int index) {
    using kind = litmus::instruction::kind;
    std::vector<int> registers(litmus::program::registers, 0);
    const std::string fence = "fence of " + std::to_string(index);
    for (const litmus::instruction& at : of_.threads[static_cast<std::size_t>(index)]) {
      cell& on = (*all)[at.object];
      const int value = at.value.in(registers);
      int found = 0;
      switch (at.what) {
        case kind::write:
          on.store(value);
          break;
        case kind::read:
          found = on.load();
          break;
        case kind::add:
          found = on.fetch_add(value);
          break;
        case kind::exchange:
          found = on.exchange(value);
          break;
        case kind::cas:
          found = at.expected;
          on.compare_exchange_strong(found, value);
          break;
        case kind::fence:
          heddle::point(fence);
          break;
        case kind::go_on:
          if (!at.holds(registers)) return;
          break;
        case kind::assume:
          heddle::assume(at.holds(registers));
          break;
      }
      if (at.reg >= 0) registers[static_cast<std::size_t>(at.reg)] = found;
    }
  });
}

}  // namespace counting
