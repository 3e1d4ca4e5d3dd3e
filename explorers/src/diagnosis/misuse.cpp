// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "../code_places.hpp"
#include "evidence.hpp"

// Rules of the standard library broken: the rule, the object, the places.
namespace heddle::explorers {

bool explain_misuse(evidence& from) {
  const sched::failure_record& cause = from.of.cause;
  std::string text = fmt::format("{}: {}", from.who(cause.thread), cause.message);
  if (cause.object != 0) text += ": " + from.name.the_object(cause.object);
  if (resolved(cause.where).known()) text += fmt::format(", at {}", place(cause.where));
  if (cause.other != sched::no_thread) {
    text += fmt::format("; the other thread is {}, at {}", from.who(cause.other),
                        place(cause.other_where));
  }
  from.found(failure_kind::misuse, cause.message, text);
  return true;
}

bool explain_leak(evidence& from) {
  const sched::failure_record& cause = from.of.cause;
  const std::string who = from.who(cause.thread);
  const std::string at = place(cause.where);
  const std::string object = from.name.the_object(cause.object);
  if (cause.message.starts_with("a daemon")) {
    const bool permit = cause.message.ends_with("permit");
    from.found(
        failure_kind::leak,
        permit ? "daemon abandoned with a permit" : "daemon abandoned with a lock",
        fmt::format("{} was abandoned at the end, when all other threads had finished, while it "
                    "held {}{} (taken at {}), and nobody will ever get {}",
                    who, permit ? "the only permit of " : "", object, at, permit ? "that" : "it"));
  } else if (cause.message.starts_with("a promise")) {
    from.found(failure_kind::leak, "promise never kept",
               fmt::format("{} (made by {} at {}) and a future of it are still there at the end, "
                           "when all threads have finished: nobody has kept it, broken it or "
                           "dropped it, and nobody can any more",
                           object, who, at));
  } else if (cause.message.starts_with("memory")) {
    from.found(failure_kind::leak, "memory",
               fmt::format("{} allocated memory at {} to which nothing leads any more: {}", who, at,
                           cause.message));
  } else if (cause.object != 0) {
    from.found(failure_kind::leak, "locked at the end",
               fmt::format("{} took {} at {} and ended without unlocking it; nobody can unlock it "
                           "any more",
                           who, object, at));
  } else {
    from.found(failure_kind::leak, "joinable thread",
               fmt::format("{} destroyed the handle of {} (started at {}), which was neither "
                           "joined nor detached; std::thread calls std::terminate there",
                           who, from.who(cause.other), at));
  }
  return true;
}

}  // namespace heddle::explorers
