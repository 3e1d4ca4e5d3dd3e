// SPDX-License-Identifier: MIT
#include "begin.hpp"

namespace heddle::sched {

void plain_read(plain_object& on, const void* of, std::uint64_t (*word)(const void*),
                location where) {
  execution* now = execution::current();
  if (now == nullptr || now->observing()) return;
  now->plain_point(on, false, where);
  const std::uint64_t value = now->tracing() ? word(of) : 0;
  now->plain_access(on, false, &value, of, where);
}
void plain_write(plain_object& on, const void* value, std::uint64_t (*word)(const void*),
                 location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  now->plain_point(on, true, where);
  const std::uint64_t written = now->tracing() ? word(value) : 0;
  now->plain_access(on, true, &written, value, where);
}
void plain_write(plain_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  now->plain_point(on, true, where);
  now->plain_access(on, true, nullptr, nullptr, where);
}
bool tracing() noexcept {
  const execution* now = execution::current();
  return now != nullptr && now->tracing();
}

}  // namespace heddle::sched
