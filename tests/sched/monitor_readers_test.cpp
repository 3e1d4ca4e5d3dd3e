// SPDX-License-Identifier: MIT
//
// Calls that only read a monitor commute: reduction tries one order of them, so neither may order
// anything else.
#include <gtest/gtest.h>

#include <heddle/heddle.hpp>
#include <string>

#include "sched/mailbox.hpp"
#include "shim/counted.hpp"

namespace {

using mailboxes::mailbox;

std::string found_by(const char* explorer, void (*body)()) {
  heddle::options how = counted::every_execution();
  how.explorer = explorer;
  how.stop_at_first_failure = true;
  return counted::kind(heddle::explore(how, body));
}

template <class First, class Second>
void in_two_threads(First first, Second second) {
  heddle::thread one(first);
  heddle::thread two(second);
  one.join();
  two.join();
}

void race_beside_readers() {
  mailbox box;
  heddle::var<int> data{0};
  in_two_threads(
      [&] {
        data.store(1);
        (void)box.full();
      },
      [&] {
        (void)box.full();
        (void)data.load();
      });
}
TEST(MonitorReaders, DoNotSynchroniseWithEachOther) {
  EXPECT_EQ(found_by("dfs", race_beside_readers), "data race");
  EXPECT_EQ(found_by("dpor", race_beside_readers), "data race");
}

void reader_before_writer() {
  mailbox box;
  heddle::var<int> data{0};
  bool empty = false;
  in_two_threads(
      [&] {
        data.store(1);
        empty = !box.full();
      },
      [&] {
        box.put(1);
        heddle::assume(empty);  // the reader was first
        (void)data.load();
      });
}
TEST(MonitorReaders, SynchroniseWithWritersThatComeLater) {
  EXPECT_EQ(found_by("dfs", reader_before_writer), "none");
  EXPECT_EQ(found_by("dpor", reader_before_writer), "none");
}

// Seq_cst loads beside readers: all that a depth-first search sees.
TEST(MonitorReaders, HideNothingFromWeakMemory) {
  const auto seen_by = [](const char* explorer) {
    heddle::options how = counted::every_execution();
    how.explorer = explorer;
    how.memory = heddle::memory::cxx;
    return heddle::outcomes(how,
                            [] {
                              mailbox box;
                              heddle::atomic<int> number{0};
                              number.store(0, std::memory_order_relaxed);
                              int seen = 0;
                              in_two_threads(
                                  [&] {
                                    number.fetch_add(1);
                                    (void)box.full();
                                  },
                                  [&] {
                                    (void)box.full();
                                    seen = number.load();
                                  });
                              return seen;
                            })
        .values();
  };
  EXPECT_EQ(seen_by("dfs"), (std::set<int>{0, 1}));
  EXPECT_EQ(seen_by("dpor"), seen_by("dfs"));
}

}  // namespace
