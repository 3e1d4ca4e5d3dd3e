// SPDX-License-Identifier: MIT
//
// Vulnerabilities of an operating system's kernel, down to their races. What would use a null or a
// freed pointer is a failed check.
#include <array>

#include "bug_programs.hpp"
#include "team.hpp"

namespace bugs {
namespace {

using heddle::check;
using heddle::lock_guard;
using heddle::mutex;
using heddle::var;

// A pipe is opened while its last user closes it.
void cve_2009_3547() {
  mutex m;
  var<bool> pipe{true};
  var<int> readers{0};
  team<2> all;
  all.start([&] {
    const lock_guard hold(m);
    check(pipe, "the pipe is gone");
    ++readers;
  });
  all.start([&] {
    const lock_guard hold(m);
    pipe = false;
  });
}

// A key is revoked between the test whether it is and the use of its contents.
void cve_2015_7550() {
  mutex m;
  racy revoked{0};
  var<bool> contents{true};
  team<2> all;
  all.start([&] {
    if (revoked.load() != 0) return;
    const lock_guard hold(m);
    check(contents, "the contents are gone");
  });
  all.start([&] {
    const lock_guard hold(m);
    revoked.store(1);
    contents = false;
  });
}

// The task exits between the test of its context and the use of it.
void cve_2016_7911() {
  mutex m;
  racy context{1};
  team<2> all;
  all.start([&] {
    if (context.load() != 0) check(context.load() != 0, "the context is gone");
  });
  all.start([&] {
    const lock_guard hold(m);
    if (context.load() != 0) context.store(0);
  });
}

// Two threads set the same field up and free what they find there.
void cve_2017_6346() {
  mutex m;
  racy rollover{0};  // the number of a block, or 0
  std::array<bool, 3> alive{};
  const auto set_up_and_free = [&](int block) {
    alive[static_cast<std::size_t>(block)] = true;
    rollover.store(block);
    check(alive[static_cast<std::size_t>(rollover.load())], "a write to null or to freed memory");
    { const lock_guard hold(m); }
    const auto freed = static_cast<std::size_t>(rollover.load());
    check(freed == 0 || alive[freed], "freed twice");
    alive[freed] = false;
    rollover.store(0);
  };
  team<2> all;
  all.start([&] { set_up_and_free(1); });
  all.start([&] { set_up_and_free(2); });
}

constexpr auto failed_check = heddle::failure_kind::failed_check;
constexpr program all_of_them[] = {
    {"CVE-2009-3547", cve_2009_3547, failed_check},
    {"CVE-2015-7550", cve_2015_7550, failed_check},
    {"CVE-2016-7911", cve_2016_7911, failed_check},
    {"CVE-2017-6346", cve_2017_6346, failed_check},
};

}  // namespace

std::span<const program> kernel_programs() { return all_of_them; }

}  // namespace bugs
