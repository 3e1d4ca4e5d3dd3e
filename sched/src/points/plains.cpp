// SPDX-License-Identifier: MIT
#include "begin.hpp"

namespace heddle::sched {

void plain_read(plain_object& on, std::uint64_t value, location where) {
  if (execution* now = execution::current()) now->plain_access(on, false, &value, where);
}
void plain_write(plain_object& on, std::uint64_t value, location where) {
  if (execution* now = execution::current()) now->plain_access(on, true, &value, where);
}
void plain_write(plain_object& on, location where) {
  if (execution* now = execution::current()) now->plain_access(on, true, nullptr, where);
}
bool tracing() noexcept {
  const execution* now = execution::current();
  return now != nullptr && now->tracing();
}

}  // namespace heddle::sched
