// SPDX-License-Identifier: MIT
#include "algorithm_parts.hpp"

namespace algorithms {

namespace {

// A reader that sees the same even number before and after has read no half-written pair.
template <memory_order Writer, memory_order Reader>
void seqlock() {
  atomic<unsigned> sequence{0};
  atomic<int> a{0};
  atomic<int> b{0};
  in_two_threads(
      [&] {
        sequence.store(1, relaxed);
        fence(Writer);
        a.store(1, relaxed);
        b.store(1, relaxed);
        sequence.store(2, release);
      },
      [&] {
        const unsigned before = sequence.load(acquire);
        const int x = a.load(relaxed);
        const int y = b.load(relaxed);
        fence(Reader);
        const bool stable = before % 2 == 0 && sequence.load(relaxed) == before;
        if (stable) check(x == y, "the pair is torn");
      });
}

// An event whose signal does nothing where it is set already. That is right only if it makes sure
// of it with a read-modify-write: a plain load may be performed before the caller's own stores.
template <bool Plain>
void auto_reset_event() {
  atomic<int> status{1};
  atomic<bool> work{false};
  bool seen = false;
  int left = 0;
  in_two_threads(
      [&] {
        work.store(true, relaxed);
        if constexpr (Plain) {
          if (status.load(relaxed) == 1) return;
          status.store(1, release);
        } else {
          status.fetch_or(1, release);
        }
      },
      [&] {
        if (status.exchange(0, acquire) == 1) seen = work.load(relaxed);
      });
  left = status.load(relaxed);
  check(seen || left == 1, "the work is neither seen nor signalled");
}

// A flag that sends whoever reads it to a message. No fence, no release: the store of the flag may
// overtake that of the message.
template <memory_order Raise>
void message_passing() {
  atomic<int> message{0};
  atomic<bool> flag{false};
  in_two_threads(
      [&] {
        message.store(1, relaxed);
        flag.store(true, Raise);
      },
      [&] {
        if (flag.load(acquire)) check(message.load(relaxed) == 1, "the message is there");
      });
}

const algorithm list[] = {
    {"Seqlock", seqlock<release, acquire>, right},
    {"SeqlockWithoutReadersFence", seqlock<release, relaxed>, wrong},
    {"SeqlockWithoutWritersFence", seqlock<relaxed, acquire>, wrong},
    {"SeqlockWithFullFence", seqlock<release, seq_cst>, too_strong},
    {"AutoResetEvent", auto_reset_event<false>, right},
    {"AutoResetEventThatOnlyLooks", auto_reset_event<true>, wrong},
    {"MessagePassing", message_passing<release>, right},
    {"MessagePassingRelaxed", message_passing<relaxed>, wrong},
    {"MessagePassingSeqCst", message_passing<seq_cst>, too_strong},
};

}  // namespace

std::span<const algorithm> signals() { return list; }

}  // namespace algorithms
