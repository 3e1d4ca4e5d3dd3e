// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "heddle/explorers/report.hpp"
#include "names.hpp"

// The report as a person reads it, in this order: verdict and cause, how to rerun it, the skeleton
// of the schedule, the thread columns, who waits for whom, what was covered.
namespace heddle {

namespace {

using explorers::names;
using explorers::place;
using sched::op_kind;
using sched::resolution;
using sched::trace_entry;

constexpr std::size_t rows_shown = 120;
constexpr std::size_t columns_most = 5;

std::string words_of(const names& name, const trace_entry& entry) {
  const sched::event& event = entry.performed;
  const sched::operation& op = event.op;
  const std::string object = name.object(op.object);
  const bool failed = op.result == resolution::failed;
  const std::string value = name.value(op.object, event.value);
  const std::string equals = value.empty() ? "" : " = " + value;
  switch (op.kind) {
    case op_kind::load:
    case op_kind::store:
    case op_kind::read:
      return fmt::format("{} {}{}", to_string(op.kind), object, equals);
    case op_kind::write:
      return fmt::format("write {}{}", object, op.result == resolution::pending ? "" : equals);
    case op_kind::read_modify_write: {
      if (value.empty()) return "update " + object;
      return fmt::format("{}: {} -> {}", object, name.value(op.object, event.previous), value);
    }
    case op_kind::compare_exchange:
      if (value.empty()) return fmt::format("cas {}{}", object, failed ? " failed" : "");
      if (failed) return fmt::format("cas {} failed, is {}", object, value);
      return fmt::format("cas {}: {} -> {}", object, name.value(op.object, event.previous), value);
    case op_kind::try_lock:
      return fmt::format("try_lock {}{}", object, failed ? " failed" : "");
    case op_kind::lock_all:
      return fmt::format("lock {}, {}{}", object, name.object(op.second), op.many ? ", ..." : "");
    case op_kind::wait:
      return fmt::format("wait {}, frees {}", object, name.object(op.second));
    case op_kind::wake:
      return failed ? "wait " + object + " timed out"
                    : fmt::format("woken, takes {}", name.object(op.second));
    case op_kind::notify_one:
      return fmt::format("notify_one {}{}", object,
                         event.value == 0 ? ": nobody waits" : " -> " + name.thread(event.other));
    case op_kind::notify_all:
      return fmt::format("notify_all {}: {}", object,
                         event.value == 0 ? "nobody waits" : fmt::format("{} woken", event.value));
    case op_kind::point:
      return "point " + object;
    case op_kind::read_clock:
      return fmt::format("now = {} ns", event.value);
    case op_kind::yield:
    case op_kind::sleep:
      return std::string(to_string(op.kind));
    default:
      return fmt::format("{} {}", to_string(op.kind), object);
  }
}

std::string cell_of(const names& name, const trace_entry& entry, const failure& of) {
  switch (entry.what) {
    case trace_entry::kind::event:
      return (entry.preempted ? "! " : "") + words_of(name, entry);
    case trace_entry::kind::note:
      return "\"" + entry.text + "\"";
    case trace_entry::kind::spawn:
      return "starts a thread";
    case trace_entry::kind::start:
      return "begins";
    case trace_entry::kind::finish:
      return "ends";
    case trace_entry::kind::failure:
      return fmt::format("<< {}", to_string(of.kind));
  }
  return {};
}

// "T0x2 T1x1 !T2x3": who ran how many visible operations in a row; ! marks a preemption.
std::string skeleton(const sched::trace& trace) {
  std::string text;
  sched::thread_id last = sched::no_thread;
  std::size_t run = 0;
  std::size_t runs = 0;
  const auto finish_run = [&] {
    if (run != 0) text += fmt::format("x{}", run);
    run = 0;
  };
  for (const trace_entry& entry : trace.entries) {
    if (entry.what != trace_entry::kind::event || !sched::visible(entry.performed.op.kind)) {
      continue;
    }
    if (entry.performed.thread != last) {
      finish_run();
      if (++runs > 60) return text + " ...";
      last = entry.performed.thread;
      text += fmt::format("{}{}T{}", text.empty() ? "" : " ", entry.preempted ? "!" : "", last);
    }
    ++run;
  }
  finish_run();
  return text;
}

// Bytes of a UTF-8 text that begin a character: good enough to line columns up.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t now = width_of(text);
  if (now < width) text.append(width - now, ' ');
  return text;
}

bool shown(const trace_entry& entry) {
  return entry.what != trace_entry::kind::spawn && entry.what != trace_entry::kind::start &&
         entry.what != trace_entry::kind::finish;
}

std::string columns(const failure& of) {
  const names name(of.trace);
  std::vector<const trace_entry*> rows;
  for (const trace_entry& entry : of.trace.entries) {
    if (shown(entry)) rows.push_back(&entry);
  }
  if (rows.empty()) return {};
  std::string text;
  std::size_t first = 0;
  if (rows.size() > rows_shown) {
    first = rows.size() - rows_shown;
    text += fmt::format("  ... {} earlier lines; the schedule file has every choice\n", first);
  }
  std::vector<sched::thread_id> threads;
  for (std::size_t i = first; i < rows.size(); ++i) {
    const sched::thread_id id = rows[i]->performed.thread;
    if (std::find(threads.begin(), threads.end(), id) == threads.end()) threads.push_back(id);
  }
  std::sort(threads.begin(), threads.end());
  const bool one_column = threads.size() > columns_most;
  const auto column_of = [&](sched::thread_id id) {
    return one_column ? 0u
                      : static_cast<std::size_t>(std::find(threads.begin(), threads.end(), id) -
                                                 threads.begin());
  };
  std::vector<std::size_t> widths(one_column ? 1 : threads.size(), 4);
  std::vector<std::string> cells;
  for (std::size_t i = first; i < rows.size(); ++i) {
    std::string cell = cell_of(name, *rows[i], of);
    if (one_column) cell = padded(name.thread(rows[i]->performed.thread), 6) + " " + cell;
    auto& width = widths[column_of(rows[i]->performed.thread)];
    width = std::max(width, width_of(cell));
    cells.push_back(std::move(cell));
  }
  if (!one_column) {
    std::string line = "  step  ";
    for (std::size_t c = 0; c < threads.size(); ++c) {
      const std::string title = name.thread(threads[c]);
      widths[c] = std::max(widths[c], width_of(title));
      line += padded(title, widths[c] + 2);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  for (std::size_t i = first; i < rows.size(); ++i) {
    const trace_entry& entry = *rows[i];
    const bool numbered =
        entry.what == trace_entry::kind::event && sched::visible(entry.performed.op.kind);
    std::string line = numbered ? fmt::format("  {:>4}  ", entry.performed.step + 1) : "        ";
    for (std::size_t c = 0; c < widths.size(); ++c) {
      const bool here = c == column_of(entry.performed.thread);
      line += padded(here ? cells[i - first] : "", widths[c] + 2);
    }
    if (entry.performed.op.where.known()) line += place(entry.performed.op.where);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string unfinished(const failure& of) {
  if (of.unfinished.empty() ||
      (of.kind != failure_kind::deadlock && of.kind != failure_kind::missed_notification &&
       of.kind != failure_kind::livelock)) {
    return {};
  }
  const names name(of.trace);
  std::string text = "  who could not go on:\n";
  for (const sched::unfinished_thread& at : of.unfinished) {
    std::string what;
    if (at.pending.kind == op_kind::join) {
      what = "joins " + name.thread(at.owner);
    } else if (at.waiting) {
      what = "waits on " + name.the_object(at.pending.object);
    } else if (at.owner != sched::no_thread) {
      const auto mutex = at.pending.kind == op_kind::wake ? at.pending.second : at.pending.object;
      what =
          fmt::format("waits for {}, held by {} since {}", name.the_object(mutex),
                      at.owner == at.thread ? "itself" : name.thread(at.owner), place(at.acquired));
    } else {
      what = fmt::format("about to {}", to_string(at.pending.kind));
    }
    text += fmt::format("    {} {} ({})\n", name.thread(at.thread), what, place(at.pending.where));
  }
  return text;
}

std::string indented(const std::string& lines, std::string_view by) {
  std::string text;
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    text += fmt::format("{}{}\n", by, lines.substr(at, end - at));
    at = end + 1;
  }
  return text;
}

std::string counts(const report& of) {
  std::string text = fmt::format("{} execution{}", of.executions, of.executions == 1 ? "" : "s");
  const std::pair<std::int64_t, const char*> parts[] = {
      {of.complete, "complete"}, {of.failed, "failed"},       {of.deadlocked, "deadlocked"},
      {of.blocked, "blocked"},   {of.redundant, "redundant"}, {of.cut, "cut"}};
  std::string list;
  for (const auto& [count, what] : parts) {
    if (count != 0) list += fmt::format("{}{} {}", list.empty() ? "" : ", ", count, what);
  }
  if (!list.empty()) text += " (" + list + ")";
  return text + fmt::format(" in {:.2f} s", std::chrono::duration<double>(of.elapsed).count());
}

std::string coverage_line(const report& of) {
  if (of.replayed) return "  replayed one recorded execution\n";
  std::string text = fmt::format("  explored by {}: {}; coverage: {}", of.explorer, counts(of),
                                 to_string(of.coverage));
  for (const std::string& assumption : of.assumptions) text += "\n    assuming " + assumption;
  if (!of.stopped_by.empty()) text += "\n    ended by " + of.stopped_by;
  return text + "\n";
}

}  // namespace

std::string report::text() const {
  std::string text;
  if (cut != 0) {
    text += fmt::format(
        "{} of {} executions were cut by a limit: what follows is not the whole truth\n", cut,
        executions);
  }
  const std::string title = name.empty() ? "the body" : name;
  if (skipped) return text + fmt::format("{} was skipped by its body\n", title);
  if (!failure) {
    text += fmt::format("{} passed\n", title);
    return text + coverage_line(*this);
  }
  const heddle::failure& first = *failure;
  text +=
      fmt::format("{} failed: {}\n{}", title, to_string(first.kind), indented(first.message, "  "));
  if (!first.reproduced) {
    text +=
        "  WARNING: run again with the same choices it did something else. The body depends on "
        "something\n  that Heddle does not control: time, random numbers, addresses, state kept "
        "between executions.\n";
  }
  if (!first.rerun.empty()) {
    text += fmt::format("\n  to rerun exactly this execution:\n    {}\n", first.rerun);
  }
  const std::string line = skeleton(first.trace);
  if (!line.empty()) {
    text += fmt::format("\n  schedule, {} preemption{}: {}\n\n", first.preemptions,
                        first.preemptions == 1 ? "" : "s", line);
  }
  text += columns(first);
  const std::string stuck = unfinished(first);
  if (!stuck.empty()) text += "\n" + stuck;
  if (!first.output.empty()) {
    text += "\n  output of this execution:\n" + indented(first.output, "    | ");
  }
  text += "\n" + coverage_line(*this);
  if (!first.file.empty()) text += fmt::format("  schedule file: {}\n", first.file);
  return text;
}

}  // namespace heddle
