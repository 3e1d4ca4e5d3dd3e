// SPDX-License-Identifier: MIT
#include "begin.hpp"

#include <mutex>
#include <set>

namespace heddle::sched {

void name_thread(thread_id thread, std::string_view name) {
  execution* now = execution::current();
  if (now == nullptr || !now->tracing()) return;
  if (thread_record* found = now->find(thread)) found->name = now->keep_name(name);
}

void name_object(object& on, std::string_view name) {
  if (execution* now = execution::current()) {
    if (now->tracing()) on.name = now->keep_name(name);
    return;
  }
  // Outside, the object may live as long as the process; so do the few names given there.
  static std::mutex guard;
  static std::set<std::string, std::less<>> names;
  const std::lock_guard lock(guard);
  on.name = names.emplace(name).first->c_str();
}

void name_region(const void* begin, std::size_t size, std::string_view name) {
  execution* now = execution::current();
  if (now != nullptr && now->tracing()) now->name_region(begin, size, name);
}

}  // namespace heddle::sched
