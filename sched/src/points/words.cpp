// SPDX-License-Identifier: MIT
#include "begin.hpp"

namespace heddle::sched {

bool in_execution() noexcept { return execution::current() != nullptr; }

std::uint32_t execution_number() noexcept {
  const execution* now = execution::current();
  return now == nullptr ? 0 : now->number();
}

std::uint32_t choose(std::uint32_t count, location where) {
  execution* now = execution::current();
  if (count == 0) throw std::invalid_argument("heddle::choose(0): there is nothing to choose from");
  return now == nullptr ? 0 : now->choose_value(count, where);
}

bool defers_async(location where) {
  execution* now = execution::current();
  return now == nullptr || now->defers_async(where);  // outside there are no threads
}

void point(std::string_view name, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  thread_record& self = now->running();
  operation& op = begin(self, op_kind::point, nullptr, where);
  stable_key key = 0;
  for (const char c : name) key = mix(key, static_cast<unsigned char>(c));
  op.object = key & ~made_outside;
  if (now->tracing()) now->describe_point(op.object, name);
  now->announce(self);
}

void note(std::string_view text, location where) {
  if (execution* now = execution::current()) now->note(text, where);
}

void assume(bool condition, location) {
  execution* now = execution::current();
  if (condition || now == nullptr) return;
  now->assume_failed();
  now->running().ending = true;
  throw thread_ended{};
}

void report(failure_kind kind, std::string_view message, location where, stable_key object) {
  execution* now = execution::current();
  if (now == nullptr) throw std::logic_error("heddle: " + std::string(message));
  failure_record failure{kind, std::string(message), now->running().id, where};
  failure.object = object;
  now->fail(std::move(failure));
}

void fail(failure_kind kind, std::string_view message, location where) {
  report(kind, message, where);
  end_thread();
}

void end_thread() {
  if (execution* now = execution::current()) now->running().ending = true;
  throw thread_ended{};
}

void skip(std::string_view) noexcept {
  if (execution* now = execution::current()) now->ask_to_skip();
}

}  // namespace heddle::sched
