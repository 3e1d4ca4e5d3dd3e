// SPDX-License-Identifier: MIT
#include "algorithm_parts.hpp"

namespace algorithms {

namespace {

template <memory_order Publish>
void publication() {
  var<int> data{0};
  atomic<var<int>*> published{nullptr};
  in_two_threads(
      [&] {
        data = 1;
        published.store(&data, Publish);
      },
      [&] {
        if (var<int>* seen = published.load(acquire)) check(seen->load() == 1, "initialised");
      });
}

// A reader says that it reads before it looks for what is current; who has replaced that waits for
// readers before it is reclaimed.
template <memory_order Publish, memory_order Enter>
void read_copy_update() {
  var<int> old{1};
  var<int> made{0};
  atomic<var<int>*> current{&old};
  atomic<bool> reading{false};
  in_two_threads(
      [&] {
        reading.store(true, relaxed);
        fence(Enter);
        check(current.load(acquire)->load() == 1, "there is always something to read");
        reading.store(false, release);
      },
      [&] {
        made.store(1);
        current.store(&made, Publish);
        fence(seq_cst);
        if (!reading.load(acquire)) old.store(0);  // else it would wait
      });
}

// Two instances, of which readers never see the one that is written. Ramalhete, Correia:
// Left-Right: A Concurrency Control Technique with Wait-Free Population Oblivious Reads (2013).
template <memory_order Look>
void left_right() {
  var<int> instances[2];
  atomic<int> side{0};
  atomic<int> version{0};
  atomic<int> readers[2] = {0, 0};
  in_two_threads(
      [&] {
        atomic<int>& present = readers[version.load(acquire)];
        present.fetch_add(1, seq_cst);
        (void)instances[side.load(Look)].load();
        present.fetch_sub(1, release);
      },
      [&] {
        instances[1].store(1);
        side.store(1, seq_cst);
        if (readers[1].load(acquire) != 0) return;  // would wait
        version.store(1, release);
        if (readers[0].load(seq_cst) != 0) return;  // would wait
        instances[0].store(1);
      });
}

// The same with fences, so that readers need no more than to count themselves.
template <memory_order Fence>
void left_right_with_fences() {
  var<int> instances[2];
  atomic<int> side{0};
  atomic<int> version{0};
  atomic<int> readers[2] = {0, 0};
  in_two_threads(
      [&] {
        atomic<int>& present = readers[version.load(acquire)];
        present.fetch_add(1, relaxed);
        fence(Fence);
        (void)instances[side.load(acquire)].load();
        present.fetch_sub(1, release);
      },
      [&] {
        instances[1].store(1);
        side.store(1, release);
        fence(seq_cst);
        if (readers[1].load(acquire) != 0) return;  // would wait
        version.store(1, release);
        if (readers[0].load(relaxed) != 0) return;  // would wait
        fence(acquire);
        instances[0].store(1);
      });
}

// A reader announces what it is about to use; who wants to free it looks there first.
template <memory_order Announce>
void hazard_pointer() {
  atomic<int> current{1};
  atomic<int> hazard{0};
  var<int> object{7};
  in_two_threads(
      [&] {
        const int seen = current.load(acquire);
        if (seen == 0) return;
        hazard.store(seen, relaxed);
        fence(Announce);
        if (current.load(acquire) != seen) return;
        check(object.load() == 7, "not freed");
        hazard.store(0, release);
      },
      [&] {
        current.store(0, relaxed);
        fence(seq_cst);
        if (hazard.load(acquire) == 0) object = 0;  // frees it
      });
}

template <memory_order Drop>
void reference_count() {
  atomic<int> count{2};
  var<int> object{0};
  const auto drop = [&](bool uses) {
    if (uses) object.modify([](int& n) { ++n; });
    if (count.fetch_sub(1, Drop) != 1) return;
    fence(acquire);
    object.store(-1);  // the destructor
  };
  in_two_threads([&] { drop(true); }, [&] { drop(false); });
}

const algorithm list[] = {
    {"Publication", publication<release>, right},
    {"PublicationRelaxed", publication<relaxed>, wrong},
    {"PublicationSeqCst", publication<seq_cst>, too_strong},
    {"ReadCopyUpdate", read_copy_update<release, seq_cst>, right},
    {"ReadCopyUpdateWithRelaxedPublication", read_copy_update<relaxed, seq_cst>, wrong},
    {"ReadCopyUpdateWithoutFullFence", read_copy_update<release, acq_rel>, wrong},
    {"ReadCopyUpdateWithSeqCstPublication", read_copy_update<seq_cst, seq_cst>, too_strong},
    {"LeftRight", left_right<seq_cst>, right},
    {"LeftRightThatLooksTooSoon", left_right<acquire>, wrong},
    {"LeftRightWithFences", left_right_with_fences<seq_cst>, right},
    {"LeftRightWithoutFullFence", left_right_with_fences<acq_rel>, wrong},
    {"HazardPointer", hazard_pointer<seq_cst>, right},
    {"HazardPointerWithoutFullFence", hazard_pointer<acq_rel>, wrong},
    {"ReferenceCount", reference_count<release>, right},
    {"ReferenceCountRelaxed", reference_count<relaxed>, wrong},
    {"ReferenceCountAcqRel", reference_count<acq_rel>, too_strong},
};

}  // namespace

std::span<const algorithm> reclamation() { return list; }

}  // namespace algorithms
