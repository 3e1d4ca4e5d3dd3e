// SPDX-License-Identifier: MIT
#include "thread_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "code_places.hpp"
#include "names.hpp"
#include "rendering/escape.hpp"

namespace heddle::explorers {

using sched::op_kind;
using sched::resolution;
using sched::trace_entry;

namespace {

constexpr std::size_t rows_shown = 120;
constexpr std::size_t columns_most = 5;

std::string words_of_event(const names& name, const trace_entry& entry) {
  const sched::event& event = entry.performed;
  const sched::operation& op = event.op;
  const std::string object = name.object(op.object);
  const bool failed = op.result == resolution::failed;
  const std::string value = name.value(entry);
  const std::string equals = value.empty() ? "" : " = " + value;
  switch (op.kind) {
    case op_kind::load:
    case op_kind::store:
    case op_kind::read:
    case op_kind::write:
      return fmt::format("{} {}{}", to_string(op.kind), object, equals);
    case op_kind::read_modify_write: {
      if (value.empty()) return "update " + object;
      return fmt::format("{}: {} -> {}", object, name.value(op.object, event.previous), value);
    }
    case op_kind::compare_exchange:
      if (value.empty()) return fmt::format("cas {}{}", object, failed ? " failed" : "");
      if (failed && event.value == op.expected)
        return fmt::format("cas {} fails spuriously", object);
      if (failed) return fmt::format("cas {} failed, is {}", object, value);
      return fmt::format("cas {}: {} -> {}", object, name.value(op.object, event.previous), value);
    case op_kind::try_lock:
      return fmt::format("try_lock {}{}", object, failed ? " failed" : "");
    case op_kind::lock_all:
      return fmt::format("lock {}, {}{}", object, name.object(op.second), op.many ? ", ..." : "");
    case op_kind::wait:
      return fmt::format("wait {}{}{}", object,
                         op.second == 0 ? "" : ", frees " + name.object(op.second),
                         event.value != 0 ? ", wakes up spuriously" : "");
    case op_kind::wake:
      return failed           ? "wait " + object + " timed out"
             : op.second == 0 ? "woken"
                              : fmt::format("woken, takes {}", name.object(op.second));
    case op_kind::atomic_wait:
      return fmt::format("wait {}{}{}", object, value.empty() ? "" : ", is " + value,
                         failed ? ": sleeps" : "");
    case op_kind::atomic_notify_one:
    case op_kind::notify_one:
      return fmt::format("notify_one {}{}", object,
                         event.value == 0 ? ": nobody waits" : " -> " + name.thread(event.other));
    case op_kind::atomic_notify_all:
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
      return fmt::format("{} {}{}", name_of(op), object,
                         !failed                             ? ""
                         : op.deadline != sched::no_deadline ? " timed out"
                         : op.kind == op_kind::arrive        ? ""
                                                             : " failed");
  }
}

std::string cell_of(const names& name, const trace_entry& entry, const failure& of) {
  const bool preempted = entry.what == trace_entry::kind::event && entry.preempted;
  return (preempted ? "! " : "") + words_of(name, entry, of);
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

// A livelock is recorded with two rounds before the one that was followed: one is enough to read.
void leave_out_repetitions(std::vector<const trace_entry*>& rows, std::size_t round) {
  std::size_t left = 2 * round;
  while (left != 0 && !rows.empty()) {
    const trace_entry& last = *rows.back();
    left -= last.what == trace_entry::kind::event && sched::visible(last.performed.op.kind);
    rows.pop_back();
  }
}

}  // namespace

std::string words_of(const names& name, const trace_entry& entry, const failure& of) {
  switch (entry.what) {
    case trace_entry::kind::event:
      return words_of_event(name, entry);
    case trace_entry::kind::note:
      return "\"" + printable_line(entry.text) + "\"";
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

std::string thread_columns(const failure& of, std::size_t width) {
  const names name(of.trace);
  std::vector<const trace_entry*> rows;
  for (const trace_entry& entry : of.trace.entries) {
    if (shown(entry)) rows.push_back(&entry);
  }
  const std::size_t repeated = of.kind == failure_kind::livelock ? of.cause.cycle.size() : 0;
  leave_out_repetitions(rows, repeated);
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
  bool one_column = threads.size() > columns_most;
  if (width != 0 && !one_column) {
    std::size_t longest_place = 0;
    std::vector<std::size_t> needed(threads.size(), 4);
    for (std::size_t i = first; i < rows.size(); ++i) {
      const auto at = std::find(threads.begin(), threads.end(), rows[i]->performed.thread);
      auto& here = needed[static_cast<std::size_t>(at - threads.begin())];
      here = std::max(here, width_of(cell_of(name, *rows[i], of)));
      const location where = rows[i]->performed.op.where;
      if (resolved(where).known()) longest_place = std::max(longest_place, place(where).size());
    }
    std::size_t total = 8 + longest_place;
    for (const std::size_t one : needed) total += one + 2;
    one_column = total > width;
  }
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
    auto& widest = widths[column_of(rows[i]->performed.thread)];
    widest = std::max(widest, width_of(cell));
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
    if (resolved(entry.performed.op.where).known()) line += place(entry.performed.op.where);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  if (repeated != 0) {
    text += fmt::format("        ... and the last {} steps again, a thousand times\n", repeated);
  }
  return text;
}

std::string schedule_skeleton(const sched::trace& trace) {
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

}  // namespace heddle::explorers
