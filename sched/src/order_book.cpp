// SPDX-License-Identifier: MIT
#include "heddle/sched/order_book.hpp"

#include <algorithm>

namespace heddle::sched {

std::memory_order order_book::order_at(const order_site& as_written) {
  if (!as_written.where.known()) return as_written.order;
  const auto is_it = [&](const order_site& at) { return at.same_place(as_written); };
  if (collects && std::none_of(seen.begin(), seen.end(), is_it)) seen.push_back(as_written);
  const auto found = std::find_if(instead.begin(), instead.end(), is_it);
  return found == instead.end() ? as_written.order : found->order;
}

}  // namespace heddle::sched
