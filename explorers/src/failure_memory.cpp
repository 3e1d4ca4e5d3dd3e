// SPDX-License-Identifier: MIT
#include "failure_memory.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "heddle/explorers/replaying.hpp"
#include "schedule_file.hpp"

namespace heddle::explorers {

namespace {

namespace fs = std::filesystem;

// The schedule files of the test, sorted by name. Files of other tests share the directory.
std::vector<std::string> files_of(const std::string& directory, std::string_view test) {
  std::vector<std::string> found;
  const std::string any = fs::path(schedule_path(directory, test, "")).filename().string();
  const std::string prefix = any.substr(0, any.rfind('-') + 1);
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool own = name.starts_with(prefix) && name.find('-', prefix.size()) == name.npos;
    if (own && names_file(name)) found.push_back(at->path().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// True: it fails.
bool recall_one(exploration& of, const std::string& path) {
  remembered entry;
  entry.file = path;
  bool fails = false;
  try {
    const schedule_file file = schedule_file::read(path);
    if (file.test != of.how.name) return false;  // another test of a similar name
    const sched::schedule schedule = sched::schedule::parse(file.token);
    sched::shape shape = schedule.shape;
    of.set_racy(std::exchange(shape.racy, {}));
    if (shape != shape_of(of.how).with(shape.use())) {
      throw std::runtime_error("it was recorded with other options; replay it by itself");
    }
    const pinned_memory as_it_was(of.engine, schedule.shape.use());
    following rehearsal(schedule.indices);  // as in a replay: what the body keeps must exist
    static_cast<void>(of.engine.run(of.body, rehearsal));
    replaying follow(schedule);
    follow.begin_execution();
    const sched::outcome outcome = of.engine.run(of.body, follow);
    if (const auto& diverged = follow.diverged()) {
      entry.now = remembered::state::outdated;
      entry.why = "at choice " + std::to_string(diverged->choice + 1) +
                  " the test now does this: " + diverged->actual;
    } else if (outcome.failure && outcome.result != sched::verdict::cut) {
      fails = true;
      of.count(outcome);
      of.result.failures.push_back(of.explain(outcome, schedule.indices));
    } else {
      entry.now = remembered::state::fixed;
    }
  } catch (const std::exception& error) {
    entry.now = remembered::state::damaged;
    entry.why = error.what();
  }
  of.result.remembered.push_back(std::move(entry));
  return fails;
}

}  // namespace

report recall_schedule(const options& how, const std::string& file, sched::body_ref body) {
  exploration only(how, body);
  static_cast<void>(recall_one(only, file));
  if (!only.result.failures.empty()) only.result.failure = only.result.failures.front();
  return std::move(only.result);
}

bool recall(exploration& of) {
  if (of.how.remember.empty()) return false;
  bool fails = false;
  for (const std::string& path : files_of(of.how.remember, of.how.name)) {
    fails |= recall_one(of, path);
    if (fails && of.how.stop_at_first_failure) return true;
    if (of.seen.crashed) return true;
  }
  of.set_racy({});
  return false;
}

void remember(exploration& of) {
  if (of.how.remember.empty() || of.result.failures.empty()) return;
  const failure& first = of.result.failures.front();
  if (first.schedule.empty() || !first.reproduced) return;
  try {
    const schedule_file file{of.how.name, first.message, first.schedule, {}};
    static_cast<void>(file.write(of.how.remember));
  } catch (const std::runtime_error& error) {
    of.result.warnings.emplace_back(error.what());
  }
}

}  // namespace heddle::explorers

namespace heddle {

std::vector<std::string> remembered_schedules(const std::string& directory, std::string_view test) {
  return explorers::files_of(directory, test);
}

}  // namespace heddle
