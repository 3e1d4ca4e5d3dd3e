// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "heddle/explorers/report.hpp"
#include "names.hpp"
#include "rendering/escape.hpp"
#include "rendering/layout.hpp"
#include "statistics_text.hpp"
#include "thread_columns.hpp"

// The report as a person reads it, in this order: verdict and cause, how to rerun it, the skeleton
// of the schedule, the thread columns, who waits for whom, what was covered.
namespace heddle {

namespace {

using explorers::layout;
using explorers::names;
using explorers::place;
using explorers::printable;
using explorers::printable_line;
using sched::op_kind;

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
      const std::string owner = at.owner == at.thread ? "itself" : name.thread(at.owner);
      what = "waits for " + name.the_object(mutex);
      what += at.acquired.known() ? fmt::format(", held by {} since {}", owner, place(at.acquired))
                                  : ", which is up to " + owner;
    } else {
      const std::string object =
          at.pending.object != 0 ? " of " + name.the_object(at.pending.object) : "";
      const bool goes_on = at.parked || of.cause.kind == failure_kind::livelock;
      what = fmt::format("{} {}{}", goes_on ? "about to" : "blocked in", name_of(at.pending),
                         goes_on ? "" : object);
    }
    text += fmt::format("    {} {}{}\n", name.thread(at.thread), what,
                        explorers::in_brackets(at.pending.where));
  }
  return text;
}

std::string indented(std::string_view given, std::string_view by) {
  std::string text;
  const std::string lines = printable(given);
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

std::string remembered_lines(const report& of) {
  std::string text;
  for (const remembered& one : of.remembered) {
    constexpr std::string_view words[] = {
        "still fails", "is fixed: it passes now",
        "is outdated: it does not fit the test any more; look at it, then delete it",
        "is damaged; look at it, then delete it"};
    text += fmt::format("\n    remembered schedule {} {}{}", one.file,
                        words[static_cast<std::size_t>(one.now)],
                        one.why.empty() ? "" : " (" + printable(one.why) + ")");
  }
  return text;
}

std::string coverage_line(const report& of) {
  if (of.replayed) {
    return of.followed.empty() ? "  replayed one recorded execution\n"
                               : "  replayed one recorded execution, " + of.followed + "\n";
  }
  std::string text = fmt::format("  explored by {}: {}; coverage: {}", of.explorer, counts(of),
                                 to_string(of.coverage));
  for (const std::string& assumption : of.assumptions)
    text += "\n    assuming " + printable(assumption);
  if (!of.stopped_by.empty()) text += "\n    ended by " + printable(of.stopped_by);
  text += remembered_lines(of);
  for (const std::string& warning : of.warnings) text += "\n    warning: " + printable(warning);
  return text + "\n" + explorers::statistics_text(of);
}

// "lost update (a lock around each half)"
std::string verdict(const failure& of) {
  const std::string kind(to_string(of.kind));
  if (of.situation.empty() || of.message.find(of.situation) != std::string::npos) return kind;
  return fmt::format("{} ({})", kind, of.situation);
}

}  // namespace

std::string report::text(const text_style& style) const {
  std::string text;
  if (cut != 0) {
    text += fmt::format(
        "{} of {} executions were cut by a limit: what follows is not the whole truth\n", cut,
        executions);
  }
  const std::string title = name.empty() ? "the body" : printable_line(name);
  if (skipped && !failure) return text + fmt::format("{} was skipped by its body\n", title);
  const layout lay(style);
  if (!failure) return text + fmt::format("{} passed\n", title) + lay.wrapped(coverage_line(*this));
  const heddle::failure& first = *failure;
  text += lay.bad(fmt::format("{} failed: {}", title, verdict(first))) + "\n";
  text += lay.wrapped(indented(first.message, "  "));
  for (const std::string& detail : first.details) text += lay.wrapped(indented(detail, "    "));
  if (!first.reproduced) {
    text += lay.strange(
        "  WARNING: run again with the same choices it did something else. The body depends on "
        "something\n  that Heddle does not control: time, random numbers, addresses, state kept "
        "between executions.\n");
  }
  if (!first.rerun.empty()) {
    text += fmt::format("\n  to rerun exactly this execution:\n    {}\n", lay.strong(first.rerun));
  }
  if (!first.trace.entries.empty()) text += "\n";
  const std::string line = explorers::schedule_skeleton(first.trace);
  if (!line.empty()) {
    text += lay.wrapped(fmt::format("  schedule, {} preemption{}: {}\n", first.preemptions,
                                    first.preemptions == 1 ? "" : "s", line));
    if (first.minimised && first.minimised->changed()) {
      text += lay.wrapped(fmt::format("  minimised: {}\n", first.minimised->text()));
    }
    text += "\n";
  }
  text += lay.marked(explorers::thread_columns(first, style.width));
  const std::string stuck = unfinished(first);
  if (!stuck.empty()) text += "\n" + lay.wrapped(stuck);
  if (!first.output.empty()) {
    text += "\n  output of this execution:\n" + indented(printable(first.output), "    | ");
  }
  text += "\n" + lay.wrapped(coverage_line(*this));
  if (!first.file.empty()) text += fmt::format("  schedule file: {}\n", first.file);
  return text;
}

}  // namespace heddle
