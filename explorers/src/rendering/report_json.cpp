// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "../names.hpp"
#include "../thread_columns.hpp"
#include "heddle/explorers/report.hpp"
#include "json_writer.hpp"
#include "orders.hpp"

// A report as JSON; docs/reports.md describes the fields.
namespace heddle {

namespace {

using explorers::json_writer;
using explorers::names;
using sched::trace_entry;

// Objects in the order of their first event, so that ids are small and stable.
std::map<sched::stable_key, std::size_t> number_objects(const sched::trace& of) {
  std::map<sched::stable_key, std::size_t> ids;
  const auto add = [&](sched::stable_key key) {
    if (key != 0 && of.objects.contains(key)) ids.emplace(key, ids.size());
  };
  for (const trace_entry& entry : of.entries) {
    add(entry.performed.op.object);
    add(entry.performed.op.second);
  }
  return ids;
}

std::string_view word(trace_entry::kind kind) {
  constexpr std::string_view words[] = {"event", "note", "spawn", "start", "finish", "failure"};
  return words[static_cast<std::size_t>(kind)];
}

void write_size(json_writer& json, const char* name, const schedule_size& size) {
  json.key(name).open('{').member("preemptions", size.preemptions);
  json.member("unboring", size.unboring).member("steps", size.steps).close('}');
}

void write_events(json_writer& json, const failure& of, const names& name,
                  const std::map<sched::stable_key, std::size_t>& ids) {
  json.key("events").open('[');
  for (const trace_entry& entry : of.trace.entries) {
    const sched::event& event = entry.performed;
    json.open('{').member("what", word(entry.what)).member("thread", event.thread);
    json.member("step", event.step).member("text", words_of(name, entry, of));
    if (entry.what == trace_entry::kind::event) {
      json.member("operation", name_of(event.op));
      json.member("visible", sched::visible(event.op.kind));
      if (const auto at = ids.find(event.op.object); at != ids.end()) {
        json.member("object", at->second);
        const std::string value = name.value(entry);
        if (!value.empty()) json.member("value", value);
      }
      if (const auto at = ids.find(event.op.second); at != ids.end()) {
        json.member("second", at->second);
      }
      if (event.op.result == sched::resolution::failed) json.member("failed", true);
      if (entry.preempted) json.member("preempted", true);
    }
    json.place("at", event.op.where).close('}');
  }
  json.close(']').key("orders").open('[');
  for (const explorers::arrow& one : explorers::arrows_of(of.trace)) {
    json.open('{').member("from", one.from).member("to", one.to).member("why", one.why).close('}');
  }
  json.close(']');
}

void write_waits(json_writer& json, const failure& of, const names& name) {
  json.key("waits").open('[');
  for (const sched::unfinished_thread& at : of.unfinished) {
    json.open('{').member("thread", at.thread).member("operation", name_of(at.pending));
    const bool on_mutex = at.pending.kind == sched::op_kind::wake && !at.waiting;
    const auto object = on_mutex ? at.pending.second : at.pending.object;
    if (object != 0) json.member("object", name.the_object(object));
    if (at.owner != sched::no_thread) json.member("for", at.owner);
    json.place("at", at.pending.where).place("taken", at.acquired).close('}');
  }
  json.close(']');
}

void write_failure(json_writer& json, const failure& of) {
  const names name(of.trace);
  const auto ids = number_objects(of.trace);
  json.open('{').member("kind", to_string(of.kind)).member("situation", of.situation);
  json.member("message", of.message).strings("details", of.details);
  json.member("schedule", of.schedule).member("rerun", of.rerun).member("file", of.file);
  json.member("output", of.output).member("execution", of.execution);
  json.member("preemptions", of.preemptions).member("reproduced", of.reproduced);
  json.member("skeleton", explorers::schedule_skeleton(of.trace));
  if (of.minimised) {
    json.key("minimised").open('{');
    write_size(json, "before", of.minimised->before);
    write_size(json, "after", of.minimised->after);
    json.member("original", of.minimised->original);
    json.member("executions", of.minimised->executions).member("fewest", of.minimised->fewest);
    json.member("text", of.minimised->text()).close('}');
  }
  json.key("threads").open('[');
  for (std::size_t id = 0; id < of.trace.threads.size(); ++id) {
    const sched::thread_info& thread = of.trace.threads[id];
    json.open('{').member("id", id).member("name", name.thread(static_cast<sched::thread_id>(id)));
    if (thread.parent != sched::no_thread) json.member("parent", thread.parent);
    json.member("finished", thread.finished).place("started", thread.spawned).close('}');
  }
  json.close(']').key("objects").open('[');
  std::vector<sched::stable_key> by_id(ids.size());
  for (const auto& [key, id] : ids) by_id[id] = key;
  for (const sched::stable_key key : by_id) {
    const sched::object_info& object = of.trace.objects.at(key);
    json.open('{').member("id", ids.at(key)).member("name", name.object(key));
    json.member("text", name.the_object(key)).place("made", object.created).close('}');
  }
  json.close(']');
  write_events(json, of, name, ids);
  write_waits(json, of, name);
  json.close('}');
}

}  // namespace

std::string report::json() const {
  json_writer json;
  json.open('{').member("version", 1).member("name", name).member("passed", passed());
  json.member("explorer", explorer).member("seed", seed).member("coverage", to_string(coverage));
  json.strings("assumptions", assumptions).strings("warnings", warnings);
  json.member("executions", executions).member("complete", complete).member("failed", failed);
  json.member("deadlocked", deadlocked).member("blocked", blocked).member("redundant", redundant);
  json.member("cut", cut).member("distinct", distinct).member("steps", steps);
  json.key("seconds").raw(fmt::format("{:.6f}", std::chrono::duration<double>(elapsed).count()));
  json.member("replayed", replayed).member("skipped", skipped).member("ended_by", stopped_by);
  json.member("failures", failures.size()).key("failure");
  if (failure) {
    write_failure(json, *failure);
  } else {
    json.raw("null");
  }
  return json.close('}').take();
}

}  // namespace heddle
