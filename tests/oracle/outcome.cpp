// SPDX-License-Identifier: MIT
#include "outcome.hpp"

#include <algorithm>

namespace oracle {
namespace {

bool any(const outcome& o, thread_end end) {
  return std::any_of(o.threads.begin(), o.threads.end(),
                     [end](const thread_outcome& t) { return t.end == end; });
}

const char* name(thread_end end) {
  switch (end) {
    case thread_end::finished:
      return "finished";
    case thread_end::failed:
      return "failed";
    case thread_end::assumed:
      return "assumed";
    case thread_end::waiting:
      return "waiting";
  }
  return "?";
}

}  // namespace

verdict judge(const outcome& o) {
  if (any(o, thread_end::failed)) return verdict::failed;
  if (any(o, thread_end::assumed)) return verdict::blocked;
  if (any(o, thread_end::waiting)) return verdict::deadlocked;
  return verdict::complete;
}

std::string to_string(const outcome& o) {
  std::string text;
  for (std::size_t t = 0; t < o.threads.size(); ++t) {
    text += "T" + std::to_string(t) + " " + name(o.threads[t].end) + " [";
    for (int v : o.threads[t].log) text += " " + std::to_string(v);
    text += " ] ";
  }
  text += "memory [";
  for (int v : o.memory) text += " " + std::to_string(v);
  return text + " ]";
}

}  // namespace oracle
