// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "clocks.hpp"
#include "heddle/sched/object.hpp"
#include "heddle/sched/shape.hpp"

// What weak memory has to remember of one execution: every store of every atomic in its
// modification order, who has read it, and the order in which seq_cst operations must appear.
//
// Which stores a load may read follows from coherence, that is from happens-before (vector clocks;
// each operation has a time of its own), and from the total order S of seq_cst operations that
// C++20 demands ([atomics.order]/4). S is not the order of execution: what is kept is the relation
// that S must extend, transitively closed, and whatever would close a cycle in it is no candidate.
// Reading the newest store and storing at the end never do. RC11 has another relation, which must
// be acyclic too (rc11_order.cpp); everything else is the same.
namespace heddle::sched {

// Seq_cst operations by number.
class node_set {
 public:
  static constexpr std::uint32_t most = 128;
  void add(std::uint32_t node) noexcept { words_[node / 64] |= std::uint64_t{1} << node % 64; }
  [[nodiscard]] bool has(std::uint32_t node) const noexcept {
    return (words_[node / 64] >> node % 64 & 1) != 0;
  }
  [[nodiscard]] bool any() const noexcept { return (words_[0] | words_[1]) != 0; }
  [[nodiscard]] bool meets(const node_set& other) const noexcept {
    return ((words_[0] & other.words_[0]) | (words_[1] & other.words_[1])) != 0;
  }
  node_set& operator|=(const node_set& other) noexcept {
    words_[0] |= other.words_[0];
    words_[1] |= other.words_[1];
    return *this;
  }
  node_set& operator&=(const node_set& other) noexcept {
    words_[0] &= other.words_[0];
    words_[1] &= other.words_[1];
    return *this;
  }

 private:
  std::array<std::uint64_t, 2> words_{};
};

class store_memory {
 public:
  using link = std::uint32_t;  // of a store; 0: none
  static constexpr std::uint8_t no_node = 255;

  struct store {
    std::uint64_t value = 0;
    std::uint64_t id = 0;  // the same in every execution of this graph
    thread_id writer = no_thread;
    std::uint32_t time = 0;  // the writer's own clock entry
    std::uint32_t step = 0xffff'ffff;
    link older = 0;
    link newer = 0;
    std::uint32_t readers = 0;
    bool taken = false;  // a read-modify-write has read it and comes right after it
    std::uint8_t node = no_node;
    node_set before;         // itself, if seq_cst, and the seq_cst fences that happen before it
    node_set earlier;        // rc11: those of all accesses of this atomic that happen before it
    clock_storage released;  // what whoever acquires it gets; not changed once it is there
  };
  // An operation about to be performed; `clock` is its thread's, ticked, without what it acquires.
  struct access {
    const atomic_object& on;
    thread_id thread;
    const clock_storage& clock;
    std::uint32_t time;
    std::memory_order order;
    bool reads;
    bool writes;
  };
  struct performed {
    std::uint8_t node = no_node;
    node_set before;
    node_set earlier;
  };

  void clear(memory model) noexcept;
  [[nodiscard]] const store& operator[](link at) const noexcept { return stores_[at]; }
  // The newest store; made of the value that is there if nothing has been stored yet.
  link newest(atomic_object& on) { return on.newest != 0 ? on.newest : begin_order(on); }

  // Must whoever has this clock read `at` or something newer?
  [[nodiscard]] bool is_known(link at, const clock_storage& clock) const noexcept {
    const store& here = stores_[at];
    return here.writer == no_thread || here.time <= clocks::get(clock, here.writer) ||
           (here.readers != 0 && is_read_before(here, clock));
  }
  // Would reading `at`, or storing right after it, leave no order for the seq_cst operations?
  [[nodiscard]] bool contradicts_order(link at, const access& by) const noexcept {
    return (rc11_ || !nodes_.empty()) && closes_cycle(at, by);
  }

  // An access begins, and has ended, its thread's clock entry being `now`: rc11 asks where a thread
  // has been before.
  void begin(const access& by, arena& memory) {
    if (rc11_) follow(by, memory);
  }
  void end(const access& by, std::uint32_t now) noexcept {
    if (rc11_) runs_[current_[by.thread]].ended = now;
  }
  // Enters the operation into the order of the seq_cst ones. Before it acquires anything.
  performed enter(link at, const access& by) {
    if (nodes_.empty() && by.order != std::memory_order_seq_cst) return {};
    return rc11_ ? psc_enter(at, by) : enter_order(at, by);
  }
  void read(link at, const access& by, const performed& as);
  link insert_after(link at, const access& by, const performed& as, std::uint64_t value,
                    std::uint64_t id, std::uint32_t step, const clock_storage& released);

  // A seq_cst fence, in two steps: before it acquires anything, and after that for each atomic.
  [[nodiscard]] node_set strongly_before(thread_id thread,
                                         const clock_storage& clock) const noexcept;
  [[nodiscard]] node_set before_fence(link newest, const clock_storage& clock) const noexcept {
    return rc11_ ? psc_before_fence(newest, clock) : before_what_is_known(newest, clock);
  }
  void enter_fence(thread_id thread, std::uint32_t time, const node_set& before,
                   const clock_storage& clock, arena& memory);

  // Old stores must be forgotten before anything more is remembered.
  [[nodiscard]] bool full() const noexcept {
    return nodes_.size() + 1 >= node_set::most || records_ >= most_records;
  }
  // Starts again with the newest store of each atomic, which everybody must read from now on: no
  // cycle can come from before. Call begin_forgetting(), keep() for each, end_forgetting().
  void begin_forgetting() noexcept { kept_.assign(1, {}); }
  void keep(atomic_object& on);
  void end_forgetting() noexcept;
  // A hash of the modification order of one atomic.
  [[nodiscard]] std::uint64_t hash_of(link newest) const noexcept;

 private:
  static constexpr std::size_t most_records = 8'192;
  struct reader {
    thread_id thread;
    std::uint32_t time;  // of its first read
    std::uint32_t next;
    std::uint8_t node;
    node_set before;
    node_set earlier;
  };
  struct node {
    thread_id thread;
    std::uint32_t time;
    bool fence;
    std::uint32_t run = 0;     // of an access
    clock_storage clock = {};  // of a fence
    node_set reaches = {};
  };
  // rc11: accesses of one atomic that a thread makes one after the other, without doing anything
  // else that orders.
  struct run {
    const atomic_object* on = nullptr;
    std::uint32_t last = 0;     // when the last one was made
    std::uint32_t ended = 0;    // what the thread's clock entry was after it
    clock_storage before = {};  // what the thread knew before the first one
  };

  link begin_order(atomic_object& on);
  [[nodiscard]] bool is_read_before(const store& at, const clock_storage& clock) const noexcept;
  [[nodiscard]] node_set fences_before(link at, const access& by) const noexcept;
  [[nodiscard]] node_set after(std::uint8_t node, thread_id thread,
                               std::uint32_t time) const noexcept;
  [[nodiscard]] node_set after_newer_than(link at) const noexcept;
  [[nodiscard]] node_set coherence_before(link at, bool writes) const noexcept;
  [[nodiscard]] node_set before_what_is_known(link newest,
                                              const clock_storage& clock) const noexcept;
  [[nodiscard]] node_set with_reached(const node_set& from) const noexcept;
  [[nodiscard]] bool closes_cycle(link at, const access& by) const noexcept;
  performed enter_order(link at, const access& by);
  void connect(const node_set& from, const node_set& to) noexcept;
  std::uint8_t add_node(thread_id thread, std::uint32_t time, bool fence, const node_set& before);
  void forget() noexcept;
  void forget_runs();
  void count_records() noexcept;

  // rc11
  void follow(const access& by, arena& memory);
  [[nodiscard]] bool psc_contradicts(link at, const access& by) const noexcept;
  performed psc_enter(link at, const access& by);
  [[nodiscard]] node_set psc_before(link at, const access& by,
                                    const node_set& earlier) const noexcept;
  [[nodiscard]] node_set known_to_fence(thread_id thread,
                                        const clock_storage& clock) const noexcept;
  [[nodiscard]] node_set psc_before_fence(link newest, const clock_storage& clock) const noexcept;
  [[nodiscard]] node_set earlier_here(link at, const access& by) const noexcept;
  [[nodiscard]] node_set after_newer_stores(link at) const noexcept;
  [[nodiscard]] node_set fences_after_newer_readers(link at) const noexcept;
  [[nodiscard]] const clock_storage& elsewhere(const access& by) const noexcept;

  std::size_t records_ = 0;  // stores, readers and runs
  std::vector<store> stores_ = std::vector<store>(1);
  std::vector<store> kept_;
  std::vector<reader> readers_ = std::vector<reader>(1);
  std::vector<node> nodes_;
  std::uint32_t fences_ = 0;
  node_set fence_nodes_;
  bool rc11_ = false;
  std::vector<run> runs_ = std::vector<run>(1);
  std::vector<std::uint32_t> current_;  // by thread: its run, 0: none
};

}  // namespace heddle::sched
