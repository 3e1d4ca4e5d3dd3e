// SPDX-License-Identifier: MIT
#include "runner.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <deque>

namespace litmus {

namespace {

heddle::memory_order standard(order of) {
  switch (of) {
    case order::relaxed:
      return heddle::memory_order_relaxed;
    case order::acquire:
      return heddle::memory_order_acquire;
    case order::release:
      return heddle::memory_order_release;
    case order::acq_rel:
      return heddle::memory_order_acq_rel;
    default:
      return heddle::memory_order_seq_cst;
  }
}

using objects = std::deque<heddle::atomic<int>>;

// The values found, in order.
std::vector<int> run_thread(const std::vector<instruction>& code, objects& all) {
  using kind = instruction::kind;
  std::vector<int> registers(program::registers, 0);
  std::vector<int> results;
  for (const instruction& at : code) {
    heddle::atomic<int>& on = all[static_cast<std::size_t>(at.object)];
    const int value = at.value.in(registers);
    const heddle::memory_order with = standard(at.with);
    int found = 0;
    switch (at.what) {
      case kind::write:
        on.store(value, with);
        break;
      case kind::read:
        found = on.load(with);
        break;
      case kind::add:
        found = on.fetch_add(value, with);
        break;
      case kind::exchange:
        found = on.exchange(value, with);
        break;
      case kind::cas:
        found = at.expected;
        on.compare_exchange_strong(found, value, with, standard(at.on_failure));
        break;
      case kind::fence:
        heddle::atomic_thread_fence(with);
        break;
      case kind::go_on:
        if (!at.holds(registers)) return results;
        break;
      case kind::assume:
        heddle::assume(at.holds(registers));
        break;
    }
    if (at.reg < 0) continue;
    registers[static_cast<std::size_t>(at.reg)] = found;
    results.push_back(found);
  }
  return results;
}

}  // namespace

outcome run(const program& of) {
  objects all;
  for (int i = 0; i < of.objects; ++i) all.emplace_back(0);
  std::vector<std::vector<int>> found(of.threads.size());
  std::deque<heddle::thread> running;
  for (std::size_t i = 0; i < of.threads.size(); ++i) {
    running.emplace_back([&, i] { found[i] = run_thread(of.threads[i], all); });
  }
  for (heddle::thread& at : running) at.join();
  outcome values;
  for (const auto& each : found) values.insert(values.end(), each.begin(), each.end());
  for (auto& at : all) values.push_back(at.load(heddle::memory_order_relaxed));
  return values;
}

heddle::options every_execution(const char* explorer, heddle::memory by) {
  heddle::options how;
  how.name = "litmus";
  how.explorer = explorer;
  how.memory = by;
  how.stale_reads = heddle::sched::any_number;
  how.executions = 0;
  how.time = {};
  how.rereads = 1'000'000'000;
  how.capture = false;
  how.watch = false;
  how.predict = false;
  how.environment = false;
  return how;
}

heddle::outcome_set<outcome> explore(const program& of, const heddle::options& how) {
  return heddle::outcomes(how, [&of] { return run(of); });
}

std::string difference(const std::set<outcome>& some, const std::set<outcome>& all) {
  std::string text;
  for (const outcome& at : all) {
    if (some.count(at) == 0) text += fmt::format("missing {}; ", at);
  }
  for (const outcome& at : some) {
    if (all.count(at) == 0) text += fmt::format("forbidden {}; ", at);
  }
  return text;
}

}  // namespace litmus
