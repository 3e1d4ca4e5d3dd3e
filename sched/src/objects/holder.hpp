// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/sched/monitor.hpp"
#include "heddle/sched/object.hpp"

namespace heddle::sched {

struct holding {
  thread_id by = no_thread;  // one of the readers, if there are several
  location since;
};

// Who holds an object; nobody where it is none that can be held.
inline holding holder_of(const object& at) noexcept {
  switch (at.kind) {
    case object_kind::mutex: {
      const auto& held = static_cast<const mutex_object&>(at);
      return {held.owner, held.acquired};
    }
    case object_kind::shared_mutex: {
      const auto& held = static_cast<const shared_mutex_object&>(at);
      return {held.reader_count != 0 ? held.readers[0] : held.owner, held.acquired};
    }
    case object_kind::monitor: {
      const auto& held = static_cast<const monitor_object&>(at);
      return {held.holder, held.acquired};
    }
    default:
      return {};
  }
}

// Does it guard something while it is held?
inline bool is_lock(const object& at) noexcept {
  return at.kind != object_kind::monitor || static_cast<const monitor_object&>(at).type->guards;
}

}  // namespace heddle::sched
