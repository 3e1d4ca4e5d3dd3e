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
  if (trace_ != nullptr) record(trace_entry::kind::note, running_->id, where, text);
}

const char* execution::keep_name(std::string_view name) {
  return names_.emplace_back(name).c_str();
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
  object_info& info = trace_->objects[key];
  info.kind = object_kind::marker;
  info.name = name;
}

}  // namespace heddle::sched
