// SPDX-License-Identifier: MIT
#include "heddle/explorers/unit_test.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <set>

#include "heddle/explorers/explore.hpp"

namespace heddle::unit_test {

namespace {

void tell(const report& of, property_sink property) {
  property("heddle_executions", std::to_string(of.executions));
  property("heddle_explorer", of.explorer);
  property("heddle_coverage", std::string(to_string(of.coverage)));
  property("heddle_distinct", std::to_string(of.distinct));
  if (const auto& size = of.statistics.size) {
    property("heddle_size", "10^" + std::to_string(size->value));
  }
  for (const draws& by : of.statistics.drawn) {
    property(("heddle_chance_of_new_" + by.explorer).c_str(),
             std::to_string(by.chance_of_new.value));
  }
  if (of.failure) {
    property("heddle_verdict", std::string(to_string(of.failure->kind)));
    property("heddle_schedule", of.failure->schedule);
  } else if (!of.skipped) {
    property("heddle_verdict", "passed");
  }
}

void name(options& how, const identity& test) {
  if (how.rerun.empty()) {
    how.rerun = detail::rerun_as(std::string(test.rerun_option) + std::string(test.name));
  }
}

}  // namespace

result explore(const identity& test, options how, std::int64_t tests_left, sched::body_ref body,
               property_sink property) {
  name(how, test);
  if (how.name.empty()) how.name = test.name;
  try {
    detail::share_total_time(how, tests_left);
    const report found = heddle::explore(how, body);
    result told;
    told.interrupted = found.interrupted;
    // Whoever interrupts a test means the program: it is to end after a last word.
    if (told.interrupted) std::fprintf(stderr, "%s\n", found.text().c_str());
    tell(found, property);
    if (found.failure) {
      told.what = result::verdict::failed;
      told.text = found.text();
    } else if (found.skipped) {
      told.what = result::verdict::skipped;
    }
    return told;
  } catch (const std::exception& error) {
    return {result::verdict::failed, false, error.what()};
  }
}

result rerun(const identity& test, options how, const std::string& file, sched::body_ref body) {
  name(how, test);
  how.name = test.name;
  try {
    const report found = recall(file, body, how);
    if (found.failure) return {result::verdict::failed, false, found.text()};
    const remembered& now = found.remembered.front();
    if (now.now == remembered::state::fixed) return {};
    return {result::verdict::skipped, false, file + ": " + now.why};
  } catch (const std::exception& error) {
    return {result::verdict::failed, false, error.what()};
  }
}

void for_each_remembered(std::string_view test,
                         void (*visit)(void* context, const std::string& label,
                                       const std::string& file),
                         void* context) {
  const char* directory = std::getenv("HEDDLE_REMEMBER");
  if (directory == nullptr) return;
  for (const std::string& schedule : remembered_schedules(directory, test)) {
    const std::size_t begin = schedule.rfind('-') + 1;
    visit(context, schedule.substr(begin, schedule.rfind('.') - begin), schedule);
  }
}

const char* interned(const char* file) {
  static std::set<std::string> files;
  return file == nullptr ? nullptr : files.emplace(file).first->c_str();
}

}  // namespace heddle::unit_test
