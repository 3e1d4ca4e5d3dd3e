// SPDX-License-Identifier: MIT
#include "names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "code_places.hpp"
#include "rendering/escape.hpp"

namespace heddle::explorers {

namespace {

// What the text of every pointer but null is.
constexpr std::string_view any_pointer = "pointer";

// The word that stands before the name in a declaration.
std::string_view type_word(const sched::object_info& of) noexcept {
  switch (of.kind) {
    case sched::object_kind::monitor:
      return of.type;
    case sched::object_kind::mutex:
      return "mutex";
    case sched::object_kind::condition:
      return "condition_variable";
    case sched::object_kind::atomic:
      return "atomic";
    case sched::object_kind::plain:
      return "var";
    case sched::object_kind::semaphore:
      return "semaphore";
    case sched::object_kind::latch:
      return "latch";
    case sched::object_kind::barrier:
      return "barrier";
    case sched::object_kind::shared_mutex:
      return "mutex";
    default:
      return {};
  }
}

}  // namespace

std::string_view to_string(sched::object_kind kind) noexcept {
  switch (kind) {
    case sched::object_kind::mutex:
      return "mutex";
    case sched::object_kind::condition:
      return "condition variable";
    case sched::object_kind::atomic:
      return "atomic";
    case sched::object_kind::plain:
      return "variable";
    case sched::object_kind::thread:
      return "thread";
    case sched::object_kind::clock:
      return "clock";
    case sched::object_kind::marker:
      return "point";
    case sched::object_kind::semaphore:
      return "semaphore";
    case sched::object_kind::latch:
      return "latch";
    case sched::object_kind::barrier:
      return "barrier";
    case sched::object_kind::shared_mutex:
      return "shared mutex";
    case sched::object_kind::monitor:
      return "monitor";
  }
  return "object";
}

std::string place(location where) {
  const location at = resolved(where);
  return at.known() ? fmt::format("{}:{}", at.file, at.line) : "an unknown place";
}

std::string in_brackets(location where) {
  return resolved(where).known() ? fmt::format(" ({})", place(where)) : "";
}

names::names(const sched::trace& of) : of_(of) {
  look_up_code_places(of);
  // Objects of one line get its names in the order in which they were made.
  std::map<std::pair<std::string, std::uint32_t>,
           std::vector<std::pair<std::uint64_t, sched::stable_key>>>
      by_line;
  for (const auto& [key, info] : of_.objects) {
    if (!info.name.empty()) {
      labels_[key] = printable_line(info.name);
    } else if (info.created.known()) {
      const std::uint64_t order = std::uint64_t{info.creator + 1} << 32 | info.index;
      by_line[{info.created.file, info.created.line}].emplace_back(order, key);
    }
  }
  for (auto& [where, objects] : by_line) {
    std::sort(objects.begin(), objects.end());
    std::map<std::string_view, std::vector<sched::stable_key>> by_type;
    for (const auto& [order, key] : objects) by_type[type_word(of_.objects.at(key))].push_back(key);
    for (const auto& [type, keys] : by_type) label(type, keys);
  }
  for (const auto& [key, info] : of_.objects) {
    if (labels_.contains(key)) continue;
    const std::string owner =
        info.creator == sched::no_thread ? "global" : fmt::format("T{}", info.creator);
    labels_[key] = fmt::format("{}.{}{}", owner, type_word(info), info.index);
  }
  put_under_parents();
  number_pointers();
}

// Objects of one type that were made at one place, in that order.
void names::label(std::string_view type, const std::vector<sched::stable_key>& keys) {
  const location where = of_.objects.at(keys.front()).created;
  auto declared = declared_names(source_file::line(where), type);
  if (declared.empty()) declared = source_file::members(where, type);
  if (declared.empty()) {
    const std::string parent = declared_variable(source_file::line(where));
    if (parent.empty()) return;
    declared.push_back(fmt::format("{}.{}", parent, type));
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::string text = declared[i % declared.size()];
    if (keys.size() > declared.size()) text += fmt::format("#{}", i / declared.size() + 1);
    labels_[keys[i]] = text;
  }
}

std::string names::thread(sched::thread_id id) const {
  if (id == sched::no_thread) return "nobody";
  std::string text = fmt::format("T{}", id);
  if (id < of_.threads.size() && !of_.threads[id].name.empty()) {
    text += fmt::format(" '{}'", printable_line(of_.threads[id].name));
  }
  return text;
}

std::string names::object(sched::stable_key key) const {
  const auto found = labels_.find(key);
  return found == labels_.end() ? "?" : found->second;
}

std::string names::the_object(sched::stable_key key) const {
  const auto found = of_.objects.find(key);
  if (found == of_.objects.end()) return "an object";
  const bool monitor = found->second.kind == sched::object_kind::monitor;
  return fmt::format("{} `{}`", monitor ? found->second.type : to_string(found->second.kind),
                     object(key));
}

// "from.guard" of the guard in what the user calls `from`; "forks[1]" of what has no name of its
// own.
void names::put_under_parents() {
  struct member {
    std::uint64_t order;
    sched::stable_key key;
  };
  std::map<std::string, std::vector<member>> members;
  for (const auto& [key, info] : of_.objects) {
    if (info.parent.empty() || !info.name.empty()) continue;
    const std::string label = labels_[key].substr(0, labels_[key].find('#'));
    const bool nameless = !resolved(info.created).known() || label.find('.') != label.npos;
    const std::string parent = printable_line(info.parent);
    members[nameless ? parent : parent + "." + label].push_back(
        {std::uint64_t{info.creator + 1} << 32 | info.index, key});
  }
  for (auto& [label, all] : members) {
    std::sort(all.begin(), all.end(),
              [](const member& a, const member& b) { return a.order < b.order; });
    for (std::size_t i = 0; i < all.size(); ++i) {
      labels_[all[i].key] = all.size() == 1 ? label : fmt::format("{}[{}]", label, i);
    }
  }
}

void names::number_pointers() {
  const auto look_at = [this](sched::stable_key key, std::uint64_t raw) {
    if (text_of(key, raw) == any_pointer) pointers_.emplace(raw, pointers_.size() + 1);
  };
  for (const sched::trace_entry& entry : of_.entries) {
    const sched::event& event = entry.performed;
    if (entry.what != sched::trace_entry::kind::event || event.op.object == 0) continue;
    const bool overwrites = event.op.kind == sched::op_kind::read_modify_write ||
                            event.op.kind == sched::op_kind::compare_exchange;
    if (overwrites) look_at(event.op.object, event.previous);
    look_at(event.op.object, event.value);
  }
}

std::string names::text_of(sched::stable_key key, std::uint64_t raw) const {
  const auto found = of_.objects.find(key);
  std::string text;
  if (found != of_.objects.end() && found->second.text != nullptr) found->second.text(raw, text);
  return text;
}

std::string names::value(sched::stable_key key, std::uint64_t raw) const {
  std::string text = text_of(key, raw);
  if (text == any_pointer) {
    const auto known = pointers_.find(raw);
    if (known != pointers_.end()) text += fmt::format(" {}", known->second);
  }
  return printable_line(text);
}

std::string names::value(const sched::trace_entry& event) const {
  constexpr std::size_t longest = 60;
  const sched::operation& op = event.performed.op;
  // Of unmodified code a write is known before it happens, its value is not.
  if (op.kind == sched::op_kind::write && op.result == sched::resolution::pending) return {};
  if (event.text.empty()) return value(event.performed.op.object, event.performed.value);
  if (event.text.size() <= longest) return printable_line(event.text);
  return printable_line(event.text.substr(0, longest)) + "...";
}

}  // namespace heddle::explorers
