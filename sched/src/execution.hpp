// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "arena.hpp"
#include "clocks.hpp"
#include "code_stack.hpp"
#include "course.hpp"
#include "heddle/sched/engine.hpp"
#include "heddle/sched/lender.hpp"
#include "heddle/sched/monitor.hpp"
#include "heddle/sched/order_book.hpp"
#include "livelock_detector.hpp"
#include "store_memory.hpp"
#include "thread_record.hpp"
#include "thread_set.hpp"

namespace heddle::sched {

struct supervised {
  bool (*holds)(void*);
  void* argument;
  location where;
  thread_id by;
  supervised* next;
};

// One execution at a time: the threads, who may go on, and the loop that lets one of them.
//
// There is no scheduler fiber. The thread that announces an operation runs the loop itself: it
// picks who goes on, performs that thread's operation on its behalf and switches to it directly,
// or just returns when it picked itself.
//
//   execution.cpp   threads and the loop          perform.cpp   what operations do
//   run.cpp         start and end                 spinning.cpp  parking, livelocks
//   ending.cpp      what it came to               failures.cpp  what goes wrong
//   time.cpp        the virtual clock             enabledness.cpp  who may go on
class execution : private course {
 public:
  explicit execution(const settings& limits);
  ~execution();

  [[nodiscard]] static execution* current() noexcept { return current_; }

  outcome run(body_ref body, explorer& decide, trace* record);
  [[nodiscard]] const std::vector<std::uint32_t>& choices() const noexcept { return choices_; }
  void set_racy(std::vector<racy_key> keys) { limits_.shape.racy = std::move(keys); }

  // --- called by user code through point.hpp, on the running thread ---
  // Announces `self.pending` (filled in by the caller) and returns once it has been performed.
  void announce(thread_record& self);
  [[nodiscard]] thread_record& running() noexcept { return *running_; }
  [[nodiscard]] bool runs_user_code() const noexcept { return running_ != nullptr; }
  [[nodiscard]] std::uint32_t number() const noexcept { return number_; }
  thread_record& spawn(void (*entry)(void*), void* closure, const char* name, location where);
  void join(thread_record& target, location where);
  void make_daemon(thread_record& thread) noexcept;
  [[nodiscard]] thread_record* find(thread_id id) noexcept {
    return id < thread_count_ ? threads_[id].get() : nullptr;
  }
  // First use in this execution: back to its constructed state. Does not return if it is dead.
  void touch(object& on, location where = {}) noexcept {
    if (!knows(on)) reset(on, where);
  }
  [[nodiscard]] bool knows(const object& on) const noexcept { return on.epoch == number_; }
  void adopt(object& on) noexcept;           // a new object, made by the running thread
  void adopt_nameless(object& on) noexcept;  // the same, without an identity of its own
  void retire(object& on) noexcept;          // it dies, perhaps while threads still wait for it
  void conclude_call(thread_record& thread, monitor_object& on, bool success,
                     std::uint64_t levels_before);
  std::uint32_t choose_value(std::uint32_t count, location where);
  bool defers_async(location where);
  [[nodiscard]] const memory_use& used_memory() const noexcept { return use_; }
  // The orders of the operation that `self` is about to announce, as they are to be taken.
  void take_orders(thread_record& self) {
    if (limits_.orders != nullptr) take_other_orders(self.pending);
  }
  [[nodiscard]] bool reads_by_choice(const atomic_object& on) const noexcept {
    return by_choice_ && !on.only_newest;
  }
  void pin(const memory_use* use) noexcept {
    pinned_ = use != nullptr;
    if (pinned_) pinned_use_ = *use;
  }
  // With weak memory each operation that orders has a time of its own.
  void tick(thread_record& thread) {
    if (by_choice_) clocks::tick(thread.clock, thread.id, memory_);
  }
  void fence(std::memory_order order, location where) noexcept;
  // Where plain accesses are scheduling points, before each.
  void plain_point(plain_object& on, bool write, location where) {
    if (write) expect_action_allowed(where);
    if (limits_.shape.races >= races::explore) announce_access(on, write, where);
  }
  // `word`: the value as such, null where it is not known; `at`: where it is.
  void plain_access(plain_object& on, bool write, const std::uint64_t* word, const void* at,
                    location where);
  [[nodiscard]] plain_terms terms_of_plain() const noexcept {
    if (trace_ != nullptr) return {plain_use::told, &observing_};
    switch (limits_.shape.races) {
      case races::report:
        return {plain_use::checked, &observing_};
      case races::off:
        return {plain_use::unchecked, &observing_};
      default:
        return {plain_use::told, &observing_};
    }
  }
  void note(std::string_view text, location where);
  void record(trace_entry::kind what, thread_id thread, location where, std::string_view text = {});
  [[nodiscard]] bool tracing() const noexcept { return trace_ != nullptr; }
  [[nodiscard]] virtual_time now() const noexcept { return clock_; }
  const char* keep_name(std::string_view name);  // valid until the execution is over
  void name_region(const void* begin, std::size_t size, std::string_view name);
  void describe(const object& on);
  void forget_private_accesses(stable_key but);
  void describe_point(stable_key key, std::string_view name);
  [[nodiscard]] std::uint32_t lock_back_offs() const noexcept {
    return limits_.shape.lock_back_offs;
  }
  arena& memory() noexcept { return memory_; }
  // True while what runs on a fiber is no user code; see lender.hpp.
  [[nodiscard]] bool& busy() noexcept { return busy_; }
  // The state of signals.cpp for the OS thread that runs this.
  void* watch = nullptr;

  // --- supervision ---
  void add_invariant(bool (*holds)(void*), void* argument, location where);
  // An invariant is being checked: what it reads is no operation.
  [[nodiscard]] bool observing() const noexcept { return observing_; }
  // Does not return while an invariant is being checked.
  void expect_action_allowed(location where) {
    if (observing_) forbid_action(where);
  }
  void begin_uninterrupted() noexcept;
  void end_uninterrupted() noexcept;

  // --- failures ---
  // The first one in schedule order is the outcome; later ones are its consequences.
  void fail(failure_record failure);
  [[nodiscard]] bool has_failed() const noexcept { return failure_.has_value(); }
  void assume_failed() noexcept { assumed_ = true; }
  void ask_to_skip() noexcept { skipped_ = true; }
  void uncaught_exception(thread_record& thread);  // inside a handler
  // A joinable thread handle dies. During unwinding it is a consequence if the exception gets out.
  void leaked_thread(thread_record& target, location where);
  [[noreturn]] void abandon_running() noexcept;  // the running thread never runs again
  [[noreturn]] void stop() noexcept;             // the whole execution is over, now
  [[noreturn]] void end() noexcept;              // ... and who is left need not have finished
  [[noreturn]] void crash(const char* what, const void* address) noexcept;  // from a signal handler
  [[noreturn]] void stuck() noexcept;                                       // from the watchdog
  // What the signal handler finds out before it calls one of these two.
  [[nodiscard]] code_stack& calls_in_crash() noexcept { return crash_.calls; }
  // Changes whenever something happens; read by the watchdog's signal handler.
  [[nodiscard]] std::uint64_t heartbeat() const noexcept {
    return std::uint64_t{number_} << 32 | steps_;
  }

 private:
  friend class execution_state;
  friend struct choice;

  // the loop
  void look_before(thread_record& self);
  void reschedule(thread_record* self);  // null: the running thread has finished
  thread_record* pick();                 // null: the execution is over
  thread_record* pick_with_care();
  thread_record* pick_forced_by_pump();
  thread_record* ask(std::uint32_t early);
  std::uint32_t decide(const choice& where) {
    std::uint32_t index = explorer_->choose(where);
    if (index >= where.count) index = 0;  // the explorer is at fault; replay reports it itself
    choices_.push_back(index);
    return index;
  }
  void switch_to(thread_record& next);
  void run_exit_actions(thread_record& self);
  void run_user_code(thread_record& thread, void (*code)(void*), void* argument);
  void finish(thread_record& self, bool fiber_is_reusable);
  void make_ready(thread_record& thread);
  // Null: everybody.
  void tell_order(const thread_record* earlier, const thread_record* later);
  static void fiber_main(void* of);
  fiber* take_fiber();
  fiber* make_fiber();
  thread_record& create_thread(void (*entry)(void*), void* closure, const char* name,
                               location where);

  // enabledness
  // Can a pending operation of this kind be one that cannot be performed yet?
  [[nodiscard]] static bool may_wait(op_kind kind) noexcept {
    constexpr std::uint64_t kinds = [] {
      std::uint64_t all = 0;
      for (const op_kind each :
           {op_kind::none, op_kind::lock, op_kind::lock_all, op_kind::wake, op_kind::sleep,
            op_kind::join, op_kind::acquire, op_kind::await_zero, op_kind::await_phase,
            op_kind::lock_exclusive, op_kind::lock_shared, op_kind::call, op_kind::atomic_wait}) {
        all |= std::uint64_t{1} << static_cast<unsigned>(each);
      }
      return all;
    }();
    return (kinds >> static_cast<unsigned>(kind) & 1) != 0;
  }
  [[nodiscard]] bool enabled(const thread_record& thread) const noexcept;
  [[nodiscard]] static bool is_ready(const operation& call) noexcept;
  void update(thread_record& thread) noexcept;  // after its pending operation or object changed
  void leave_list(thread_record& thread) noexcept;
  void update_pending(object& on) noexcept;  // everyone with a pending operation on it
  void link_pending(thread_record& thread) noexcept;
  void unlink_pending(thread_record& thread) noexcept;
  void reset(object& on, location where) noexcept;
  void link_live(object& on) noexcept;
  [[nodiscard]] bool is_point(const object& on) const noexcept;
  // Is it one of those that are points with races::explore?
  [[nodiscard]] bool is_racy(stable_key object) const noexcept;
  [[nodiscard]] bool checks_races(const plain_object& on) const noexcept;
  void announce_access(plain_object& on, bool write, location where);
  [[noreturn]] void forbid_action(location where);
  void record_access(const plain_object& on, bool write, const std::uint64_t* word, const void* at,
                     location where);
  void found_race(const plain_object& on, bool write, const plain_object::access& other,
                  location where);

  // effects
  struct effect {  // what an event says beyond its operation
    std::uint64_t value = 0;
    std::uint64_t previous = 0;
    thread_id other = no_thread;
    std::uint32_t source = event::no_step;
    std::uint32_t newest = event::no_step;
  };
  void perform(thread_record& thread);
  void conclude(thread_record& thread, const effect& done, bool futile) {
    ++steps_;
    ++thread.steps;
    last_ = thread.id;
    if (futile) note_futile(thread);
    if (!quick_) conclude_with_care(thread, done, futile);
  }
  void conclude_with_care(thread_record& thread, const effect& done, bool futile);
  void make_event(thread_record& thread, const effect& done, bool futile);
  void show_before(const thread_record& thread);  // to the trace
  void acquire(thread_record& thread, const clock_storage& from);
  void acquire(thread_record& thread, const clock_storage& from, std::memory_order order);
  void release(thread_record& thread, clock_storage& to);
  void change(thread_record& actor, object& on) noexcept;
  bool give_up_mutex(thread_record& thread, mutex_object& on, std::uint32_t levels);
  void read_cell(thread_record& actor, atomic_object& on) noexcept;
  static void write_cell(const atomic_object& on) noexcept;
  void perform_on_atomic(thread_record& thread);
  void load_newest(thread_record& thread, atomic_object& on, effect& done);
  void store_newest(thread_record& thread, atomic_object& on, effect& done);
  bool modify_newest(thread_record& thread, atomic_object& on, effect& done);
  void publish_fence(thread_record& thread, atomic_object& on);
  void perform_on_others(thread_record& thread);
  bool perform_by_choice(thread_record& thread, effect& done);
  void take_other_orders(operation& op);
  void find_readable(const atomic_object& on, const operation& op, const store_memory::access& by);
  store_memory::link choose_source(thread_record& thread, const store_memory::access& by);
  store_memory::link choose_store(thread_record& thread, choice_kind kind);
  [[nodiscard]] clock_storage message(thread_record& thread, std::memory_order order,
                                      const clock_storage* continued);
  store_memory::link newest_store(atomic_object& on);
  void read_newest(thread_record& thread, atomic_object& on);
  void enter_seq_cst_fence(thread_record& thread, const node_set& before);
  void collect_memory(outcome& result);
  void forget_stores();
  void add_to_graph(atomic_object& on) noexcept;
  void choose_memory();
  bool perform_on_semaphore(thread_record& thread);
  bool perform_on_latch(thread_record& thread);
  bool perform_on_barrier(thread_record& thread);
  bool perform_on_shared_mutex(thread_record& thread);
  void release_jointly(thread_record& thread, clock_storage& to);
  void misuse(thread_record& thread, const object& on, const char* what,
              thread_id other = no_thread, location other_where = {});
  void take_mutex(thread_record& thread, mutex_object& on, std::uint32_t levels, location where);
  void wake(thread_record& actor, thread_record& waiter, wait_queue& on);
  void perform_atomic_wait(thread_record& thread, effect& done);
  void perform_atomic_notify(thread_record& thread, effect& done);
  [[nodiscard]] bool goes_wrong(thread_record& actor, std::uint32_t bound, whim& what);
  [[nodiscard]] bool fails_spuriously(thread_record& actor) {  // a try_lock
    return goes_wrong(actor, limits_.shape.try_lock_failures, try_lock_failure_);
  }
  [[nodiscard]] thread_record* choose_waiter(thread_record& actor, const wait_queue& on,
                                             std::uint32_t count);

  // time
  [[nodiscard]] std::uint32_t early_candidates() const noexcept;
  [[nodiscard]] thread_id early_candidate(std::uint32_t index) const noexcept;
  [[nodiscard]] virtual_time next_deadline() const noexcept;
  bool advance_clock();  // to the next deadline; false: there is none
  void advance_clock_to(virtual_time to, bool early = false);
  void tick_clock();

  // spinning
  void park_if_futile(thread_record& thread) noexcept;
  void park(thread_record& thread) noexcept;
  void unpark(thread_record& thread) noexcept;
  void note_futile(thread_record& thread) noexcept;
  void note_futile_of_any_kind(thread_record& thread) noexcept;
  void note_again(thread_record& thread, const spin_window::visit& now) noexcept;
  void unpark_watchers(stable_key changed, const thread_record* actor) noexcept;
  void unpark_after_step_of(thread_record& actor) noexcept;
  [[nodiscard]] std::uint32_t version_seen_by(const operation& op) const noexcept;
  thread_record* run_parked();
  [[nodiscard]] thread_record* sleeper_outside_round() const noexcept;
  void watch_for_livelock(const event& done, bool futile);
  [[nodiscard]] bool everyone_repeats() const noexcept;
  [[nodiscard]] bool everyone_takes_part(const std::vector<livelock_detector::item>& round);

  // supervision
  void check_invariants(const thread_record& actor) noexcept;
  void end_invariants_of(thread_id thread) noexcept;
  [[nodiscard]] thread_record* uninterrupted() const noexcept;

  // the end
  void collect(outcome& result);
  void look_at_abandoned(const thread_record& daemon);
  void record_crash();
  template <class Concerns>
  bool report_held(const char* what, Concerns&& concerns);
  void leak(const char* what, const object& on, thread_id by, location where);
  void look_at_what_is_left();
  void report_deadlock(const std::vector<unfinished_thread>& unfinished);
  [[nodiscard]] verdict verdict_so_far() const noexcept;
  void describe_all();
  void drop_unfinished() noexcept;
  void take_number() noexcept;

  static thread_local constinit execution* current_;
  static constexpr std::uint32_t run_out_steps = 100'000;

 public:
  static constexpr stable_key clock_key = 2;  // stands for the clock where an object is expected

 private:
  settings limits_;
  explorer* explorer_ = nullptr;
  explorer::needs wants_;
  trace* trace_ = nullptr;

  // threads
  std::vector<std::unique_ptr<thread_record>> threads_;  // by id; the first thread_count_ are live
  [[nodiscard]] bool has_daemons() const noexcept { return awaited_ != unfinished_; }
  thread_record* running_ = nullptr;  // whose code runs
  bool busy_ = false;
  thread_set runnable_;                      // enabled and not parked, or running
  std::vector<thread_record*> timed_;        // disabled, with a deadline
  std::vector<thread_record*> parked_;       // longest parked first
  std::vector<thread_record*> wanting_all_;  // with a pending lock_all

  // fibers
  fiber host_;
  std::vector<std::unique_ptr<fiber>> fibers_;
  std::vector<fiber*> free_fibers_;
  std::vector<fiber*> abandoned_fibers_;
  exception_state* exceptions_ = nullptr;
  const lender* lender_ = nullptr;  // of this execution's fibers

  // the course of it
  std::uint32_t number_ = 0;
  // Whoever runs is chosen among the runnable, and nobody wants to know more: no trace, nobody to
  // be told of steps, no invariants or regions, nobody who has spun or waited with a deadline. Once
  // false, it stays so for the rest of the execution.
  bool quick_ = false;
  std::vector<std::uint32_t> choices_;
  struct {
    const char* what = "";
    bool stuck = false;
    code_stack calls;
  } crash_;
  std::vector<racy_object> racy_;  // found in this execution, with races::explore
  std::optional<failure_record> failure_;
  arena memory_;
  struct region {
    const char* begin;
    std::size_t size;
    const char* name;
  };
  std::vector<region> regions_;  // that have a name

  // weak memory
  bool weak_seen_ = false;  // in any execution of this engine
  bool pinned_ = false;
  memory_use pinned_use_;
  memory_use use_;  // of this execution
  store_memory stores_;
  std::vector<store_memory::link> readable_;  // the candidates of a choice

  livelock_detector livelock_;
  bool preempted_ = false;  // the operation being performed follows a preemption
};

}  // namespace heddle::sched
