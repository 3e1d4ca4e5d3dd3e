// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "heddle/sched/trace.hpp"
#include "source_text.hpp"

namespace heddle::explorers {

// What reports call things. Threads: "T1", or "T1 'writer'" where they have a name. Objects: the
// name given by heddle::name(), else the one in their declaration (the source line that made them
// is read, if it can be found), else their kind and number.
class names {
 public:
  explicit names(const sched::trace& of);
  [[nodiscard]] std::string thread(sched::thread_id id) const;
  [[nodiscard]] std::string object(sched::stable_key key) const;      // "balance"
  [[nodiscard]] std::string the_object(sched::stable_key key) const;  // "mutex `balance`"
  // The value of an object as its type prints it; empty where it has no text. Pointers, whose
  // addresses differ from run to run, are numbered in the order in which they turn up: "pointer 2".
  [[nodiscard]] std::string value(sched::stable_key key, std::uint64_t raw) const;
  // The value of an event: what was read or written.
  [[nodiscard]] std::string value(const sched::trace_entry& event) const;

 private:
  void put_under_parents();
  void number_pointers();
  [[nodiscard]] std::string text_of(sched::stable_key key, std::uint64_t raw) const;
  void label(std::string_view type, const std::vector<sched::stable_key>& keys);
  const sched::trace& of_;
  std::unordered_map<sched::stable_key, std::string> labels_;
  std::unordered_map<std::uint64_t, std::size_t> pointers_;  // by address
};

[[nodiscard]] std::string place(location where);  // "a.cpp:12", or "an unknown place"
// " (a.cpp:12)", or nothing.
[[nodiscard]] std::string in_brackets(location where);
[[nodiscard]] std::string_view to_string(sched::object_kind kind) noexcept;

}  // namespace heddle::explorers
