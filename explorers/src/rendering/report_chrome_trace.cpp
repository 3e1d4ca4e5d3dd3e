// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "../code_places.hpp"
#include "../names.hpp"
#include "../thread_columns.hpp"
#include "heddle/explorers/report.hpp"
#include "json_writer.hpp"
#include "orders.hpp"

// The trace of a failure in the Trace Event Format, which Perfetto and chrome://tracing open: an
// entry of the trace takes a microsecond, orders are flow arrows.
namespace heddle {

std::string report::chrome_trace() const {
  using explorers::json_writer;
  json_writer json;
  json.open('{').member("displayTimeUnit", "ms").key("traceEvents").open('[');
  if (failure) {
    const heddle::failure& of = *failure;
    const explorers::names called(of.trace);
    json.open('{').member("name", "process_name").member("ph", "M").member("pid", 1);
    json.key("args").open('{').member("name", name.empty() ? "the body" : name);
    json.close('}').close('}');
    for (std::size_t id = 0; id < of.trace.threads.size(); ++id) {
      json.open('{').member("name", "thread_name").member("ph", "M").member("pid", 1);
      json.member("tid", id).key("args").open('{');
      json.member("name", called.thread(static_cast<sched::thread_id>(id))).close('}').close('}');
    }
    for (std::size_t i = 0; i < of.trace.entries.size(); ++i) {
      const sched::trace_entry& entry = of.trace.entries[i];
      const sched::event& event = entry.performed;
      json.open('{').member("name", words_of(called, entry, of)).member("ph", "X");
      json.member("cat",
                  entry.what == sched::trace_entry::kind::event ? name_of(event.op) : "mark");
      json.member("pid", 1).member("tid", event.thread).member("ts", i).member("dur", 1);
      json.key("args").open('{').member("step", event.step);
      if (explorers::resolved(event.op.where).known())
        json.member("at", explorers::place(event.op.where));
      if (entry.preempted) json.member("preempts", true);
      json.close('}').close('}');
    }
    std::size_t id = 0;
    for (const explorers::arrow& one : explorers::arrows_of(of.trace)) {
      for (const bool begins : {true, false}) {
        const std::size_t at = begins ? one.from : one.to;
        json.open('{').member("name", one.why).member("cat", "order");
        json.member("ph", begins ? "s" : "f").member("id", id).member("pid", 1);
        if (!begins) json.member("bp", "e");
        json.member("tid", of.trace.entries[at].performed.thread).member("ts", at).close('}');
      }
      ++id;
    }
  }
  return json.close(']').close('}').take();
}

}  // namespace heddle
