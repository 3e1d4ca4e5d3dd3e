// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "evidence.hpp"

// Rules of the standard library broken: the rule, the object, the places.
namespace heddle::explorers {

bool explain_misuse(evidence& from) {
  const sched::failure_record& cause = from.of.cause;
  std::string text = fmt::format("{}: {}", from.who(cause.thread), cause.message);
  if (cause.object != 0) text += ": " + from.name.the_object(cause.object);
  if (cause.where.known()) text += fmt::format(", at {}", place(cause.where));
  if (cause.other != sched::no_thread) {
    text += fmt::format("; the other thread is {}, at {}", from.who(cause.other),
                        place(cause.other_where));
  }
  from.found(failure_kind::misuse, cause.message, text);
  return true;
}

bool explain_leak(evidence& from) {
  const sched::failure_record& cause = from.of.cause;
  if (cause.message.starts_with("a daemon")) {
    from.found(failure_kind::leak, "daemon abandoned with a lock",
               fmt::format(
                   "{} was abandoned at the end, when all other threads had finished, while "
                   "it held {} (taken at {})",
                   from.who(cause.thread), from.name.the_object(cause.object), place(cause.where)));
    return true;
  }
  if (cause.message.starts_with("memory")) {
    from.found(failure_kind::leak, "memory",
               fmt::format("{} allocated memory at {} to which nothing leads any more: {}",
                           from.who(cause.thread), place(cause.where), cause.message));
    return true;
  }
  if (cause.object != 0) {
    from.found(failure_kind::leak, "locked at the end",
               fmt::format("{} took {} at {} and ended without unlocking it; nobody can unlock it "
                           "any more",
                           from.who(cause.thread), from.name.the_object(cause.object),
                           place(cause.where)));
    return true;
  }
  from.found(failure_kind::leak, "joinable thread",
             fmt::format("{} destroyed the handle of {} (started at {}), which was neither joined "
                         "nor detached; std::thread calls std::terminate there",
                         from.who(cause.thread), from.who(cause.other), place(cause.where)));
  return true;
}

}  // namespace heddle::explorers
