// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <heddle/explorers/explore.hpp>
#include <heddle/sched/order_book.hpp>

namespace heddle {

// What a test says about the orders of memory in the code that it runs.
struct order_advice {
  struct change {
    sched::order_site site;  // as it stands in the source
    std::memory_order to = std::memory_order_seq_cst;
  };
  bool passes = false;    // as the source is
  bool complete = false;  // false: an exploration did not finish, so that nothing is said
  // The test passes: weaker orders with which, all of them at once, it passes as well. It does not
  // distinguish them from those in the source; another test may.
  // The test fails: stronger orders with which, all of them at once, it passes, none of which can
  // be left out. Empty if no order helps.
  std::vector<change> changes;
  std::size_t sites = 0;        // looked at
  std::int64_t executions = 0;  // spent

  [[nodiscard]] std::string text() const;
};

// Explores `body` again and again, with weaker or stronger orders at one place after the other: of
// atomic operations and fences, as far as their places in the source are known (operators such as
// ++ do not say where they stand). `how` applies to each exploration; each has to finish.
order_advice advise(const options& how, sched::body_ref body);

template <class Body>
requires(detail::body_of_test<Body>) order_advice advise(const options& how, Body&& body) {
  return advise(how, detail::reference(body));
}

}  // namespace heddle
