// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/sched/choice.hpp>
#include <heddle/sched/event.hpp>
#include <heddle/sched/execution_state.hpp>
#include <heddle/sched/outcome.hpp>

namespace heddle {

// What an exploration may claim about the executions it did not see.
enum class coverage : std::uint8_t {
  sampled,     // some executions were drawn
  bounded,     // every class of executions within the reported bounds
  exhaustive,  // every class of executions, under the reported assumptions
};
[[nodiscard]] std::string_view to_string(coverage claim) noexcept;

namespace sched {

// The seam between one execution and many: decides every choice, and lives across the executions of
// one exploration. Called on the thread that explores, never concurrently. An implementation must
// be deterministic, must not throw, and must not call into user code or shims. `choose`, `permits`
// and `step` run on the stack of a logical thread: keep their frames small.
class explorer {
 public:
  virtual ~explorer() = default;

  // What it wants to hear about; the rest is not even computed.
  struct needs {
    bool permits = false;
    bool steps = false;
    bool order = false;
    bool refusals = false;
    // Reads of other than the newest stores in the next execution; at most what the settings say,
    // but for any_number: really any.
    static constexpr std::uint32_t as_set = any_number - 1;
    std::uint32_t stale_reads = as_set;
  };
  [[nodiscard]] virtual needs wants() const { return {}; }

  // Starts the next execution; false: nothing is left to explore.
  virtual bool begin_execution() = 0;

  // Decides a choice. Returns an index below where.count.
  virtual std::uint32_t choose(const choice& where) = 0;

  // Before every visible operation, forced ones too: false gives the execution up. It is then run
  // out with candidate 0 and without this explorer, and counts as redundant unless it fails.
  virtual bool permits(const execution_state&, thread_id) { return true; }

  // Before every compare-exchange that finds the value it expects: true makes it fail all the same,
  // as if it could tell that the value is not the one that was read. For experiments: no machine
  // does that, and no schedule records it.
  virtual bool refuses(const execution_state&, thread_id) { return false; }

  // After every visible operation, forced ones too, when its thread has announced the next one
  // (kind none: it finished; join: it waits for a thread).
  virtual void step(const event&, const operation& /*next*/) {}

  // Whatever `earlier` has done so far comes before whatever `later` does from now on, and this is
  // not a matter of choice: `earlier` has created `later`, or has finished and `later` has joined
  // it, or its notify has woken `later`, or its step lets `later`, which was parked, go on. For two
  // times no_thread: everything so far comes before everything that follows, for nobody could go on
  // until the clock advanced or a parked thread repeated itself. Called as it happens: between
  // permits() and step() if an operation is the cause, otherwise while user code runs.
  virtual void ordered(thread_id /*earlier*/, thread_id /*later*/) {}

  // The execution is over; outcome.unfinished lists the threads that could not finish.
  virtual void end_execution(const outcome&) {}

  // What may be claimed so far.
  [[nodiscard]] virtual coverage claim() const = 0;

  // What that claim rests on beside what executions show by themselves: each completes "assuming
  // ...".
  [[nodiscard]] virtual std::vector<std::string> assumptions() const { return {}; }

  // How the running execution is drawn, where it is drawn at random, independently of all others
  // of the same name. Asked when it is over, before end_execution().
  struct lot {
    std::string_view from = {};  // constant text; empty: it is not
    // The natural logarithm of the chance that it had, choice by choice; not a number: unknown.
    double log_chance = std::numeric_limits<double>::quiet_NaN();
  };
  [[nodiscard]] virtual lot drawn() const { return {}; }

  // Of a search that ends by itself: how far it has come.
  struct headway {
    std::int64_t executions = 0;  // 0: it does not search, or does not know
    double done = 0;              // the share that this is of all, estimated
    bool left = false;            // it was left for something else
  };
  [[nodiscard]] virtual headway searched() const { return {}; }

  // Why exploring makes no sense, in a sentence for the user; empty: nothing is wrong.
  [[nodiscard]] virtual std::string complaint() const { return {}; }
};

}  // namespace sched
}  // namespace heddle
