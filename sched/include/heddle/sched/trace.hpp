// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include <heddle/sched/event.hpp>

namespace heddle::sched {

// What a report needs to know of a thread after it is gone.
struct thread_info {
  thread_id parent = no_thread;
  stable_key key = 0;
  std::string name;  // empty where it has none
  location spawned;
  bool finished = false;
};

// What a report needs to know of an object after it is gone.
struct object_info {
  object_kind kind = object_kind::marker;
  thread_id creator = no_thread;
  std::uint32_t index = 0;
  std::string name;    // as given by heddle::name(); empty where it has none
  std::string parent;  // the name of what it is a part of, likewise
  location created;
  value_text text = nullptr;
  const char* type = nullptr;  // of a monitor: "queue"
};

// One line of a thread column: an event (visible or a plain access), or a note of the user's.
struct trace_entry {
  enum class kind : std::uint8_t { event, note, spawn, start, finish, failure } what = kind::event;
  event performed;         // `thread` is set for every kind
  std::string text;        // of a note, of a failure; the value of an access, if it is no word
  bool preempted = false;  // the thread before this entry was left although it could go on
};

// The events of one execution with their values, in the order in which they happened. Recorded only
// on request (the final run of a failure): recording allocates, exploring does not.
struct trace {
  std::vector<trace_entry> entries;
  std::vector<thread_info> threads;  // by thread_id
  std::unordered_map<stable_key, object_info> objects;
};

}  // namespace heddle::sched
