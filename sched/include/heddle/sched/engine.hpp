// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include <heddle/sched/explorer.hpp>
#include <heddle/sched/outcome.hpp>
#include <heddle/sched/settings.hpp>
#include <heddle/sched/trace.hpp>

namespace heddle::sched {

// The test body: a plain function pointer with its context, so that running it allocates nothing.
struct body_ref {
  void (*call)(void* context) = nullptr;
  void* context = nullptr;
};

// Runs executions, one at a time, on the OS thread that made it. While it exists, faults, aborts
// and std::terminate inside an execution become outcomes. Stacks and tables are kept from one
// execution to the next, so the steady state allocates nothing. Engines on different OS threads are
// independent; one engine must not be shared, nor run() be called from inside an execution.
class engine {
 public:
  explicit engine(const settings& limits);
  ~engine();
  engine(const engine&) = delete;
  engine& operator=(const engine&) = delete;

  // Runs `body` as T0 from start to end, asking `decide` at every choice. begin_execution() must
  // have been called; end_execution() is called here. With `record`, events are kept in it.
  outcome run(body_ref body, explorer& decide, trace* record = nullptr);

  // Runs executions in this way, whatever the explorer wants, so that choices can be repeated;
  // null: no longer.
  void pin(const memory_use* use) noexcept;

  // The indices taken at the choices of the last execution, in order.
  [[nodiscard]] const std::vector<std::uint32_t>& choices() const noexcept;
  // How it was run.
  [[nodiscard]] const memory_use& memory() const noexcept;

  // With races::explore: the plain objects whose accesses are scheduling points from the next
  // execution on.
  void set_racy(std::vector<racy_key> keys);

 private:
  struct parts;
  std::unique_ptr<parts> parts_;
};

}  // namespace heddle::sched
