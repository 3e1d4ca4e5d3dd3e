// SPDX-License-Identifier: MIT
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
  return names_.emplace_back(name).c_str();
}

void execution::describe(const object& on) {
  object_info& info = trace_->objects[on.key];
  info.kind = on.kind;
  info.creator = on.creator;
  info.index = on.index;
  if (on.name != nullptr) info.name = on.name;
  info.created = on.created;
  if (on.kind == object_kind::atomic) info.text = static_cast<const atomic_object&>(on).text;
  if (on.kind == object_kind::monitor)
    info.type = static_cast<const monitor_object&>(on).type->name;
  if (on.kind == object_kind::plain) info.text = static_cast<const plain_object&>(on).text;
}

void execution::describe_point(stable_key key, std::string_view name) {
  const busy_section here(busy_);
  object_info& info = trace_->objects[key];
  info.kind = object_kind::marker;
  info.name = name;
}

}  // namespace heddle::sched
