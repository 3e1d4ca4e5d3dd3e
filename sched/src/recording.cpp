// SPDX-License-Identifier: MIT
#include <algorithm>
#include <unordered_map>
#include <vector>

#include "execution.hpp"

// What is kept of an execution for its report, and only when somebody records it.
namespace heddle::sched {

void execution::record(trace_entry::kind what, thread_id thread, location where,
                       std::string_view text) {
  trace_entry entry;
  entry.what = what;
  entry.performed.thread = thread;
  entry.performed.step = steps_;
  entry.performed.op.where = where;
  entry.text = text;
  trace_->entries.push_back(std::move(entry));
}

void execution::note(std::string_view text, location where) {
  const busy_section here(busy_);
  if (trace_ != nullptr) record(trace_entry::kind::note, running_->id, where, text);
}

const char* execution::keep_name(std::string_view name) {
  const busy_section here(busy_);
  char* kept = memory_.allocate_array<char>(name.size() + 1);
  std::copy(name.begin(), name.end(), kept);
  kept[name.size()] = '\0';
  return kept;
}

void execution::name_region(const void* begin, std::size_t size, std::string_view name) {
  regions_.push_back({static_cast<const char*>(begin), size, keep_name(name)});
}

void execution::describe(const object& on) {
  object_info& info = trace_->objects[on.key];
  info.kind = on.kind;
  info.creator = on.creator;
  info.index = on.index;
  if (on.name != nullptr) info.name = on.name;
  info.created = on.created;
  const auto* at = reinterpret_cast<const char*>(&on);
  for (const region& parent : regions_) {  // the last one that has it is the innermost, usually
    const bool inside = parent.begin <= at && at < parent.begin + parent.size;
    if (inside) info.parent = parent.name;
  }
  if (on.kind == object_kind::atomic) info.text = static_cast<const atomic_object&>(on).text;
  if (on.kind == object_kind::monitor)
    info.type = static_cast<const monitor_object&>(on).type->name;
  if (on.kind == object_kind::plain) {
    const plain_texts* texts = static_cast<const plain_object&>(on).text;
    if (texts != nullptr) info.text = texts->of_word;
  }
}

void execution::describe_point(stable_key key, std::string_view name) {
  const busy_section here(busy_);
  object_info& info = trace_->objects[key];
  info.kind = object_kind::marker;
  info.name = name;
}

// Of unmodified code every access to memory is seen. Nobody wants to read of variables that only
// one thread has used, or that were handed on from one to the next for good; unless threads have
// been seen to race on them.
void execution::forget_private_accesses(stable_key but) {
  struct user {
    thread_id last;
    std::uint32_t changes = 0;
    std::vector<thread_id> all;
  };
  std::unordered_map<stable_key, user> users;
  const auto is_access = [](const trace_entry& entry) {
    const op_kind kind = entry.performed.op.kind;
    return entry.what == trace_entry::kind::event &&
           (kind == op_kind::read || kind == op_kind::write);
  };
  for (const trace_entry& entry : trace_->entries) {
    if (!is_access(entry)) continue;
    const thread_id thread = entry.performed.thread;
    user& of = users.try_emplace(entry.performed.op.object, user{thread}).first->second;
    of.changes += of.last != thread;
    of.last = thread;
    if (std::find(of.all.begin(), of.all.end(), thread) == of.all.end()) of.all.push_back(thread);
  }
  std::erase_if(trace_->entries, [&](const trace_entry& entry) {
    const stable_key object = entry.performed.op.object;
    if (!is_access(entry) || object == but || is_racy(object)) return false;
    const user& of = users.at(object);
    return of.changes < of.all.size();
  });
}

}  // namespace heddle::sched
