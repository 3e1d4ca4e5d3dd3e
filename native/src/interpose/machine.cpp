// SPDX-License-Identifier: MIT
#include <sys/random.h>
#include <sys/sysinfo.h>

#include <cstring>
#include <random>

#include <heddle/sched/ids.hpp>

#include "callers.hpp"
#include "real.hpp"
#include "threads.hpp"
#include "user_code.hpp"

// What differs from machine to machine and from run to run.
namespace {

using namespace heddle::native;

std::uint64_t next_number() noexcept {
  thread_record& self = this_record();
  return heddle::sched::mix(self.key, ++self.random);
}
void fill(void* buffer, std::size_t bytes) noexcept {
  auto* at = static_cast<char*>(buffer);
  while (bytes != 0) {
    const std::uint64_t number = next_number();
    const std::size_t part = bytes < sizeof number ? bytes : sizeof number;
    std::memcpy(at, &number, part);
    at += part;
    bytes -= part;
  }
}

}  // namespace

extern "C" {

// std::thread::hardware_concurrency, which is 2 with the source door, too.
int get_nprocs() { return in_user_code() ? 2 : HEDDLE_REAL(get_nprocs)(); }

ssize_t getrandom(void* buffer, std::size_t bytes, unsigned flags) {
  if (!in_user_code()) return HEDDLE_REAL(getrandom)(buffer, bytes, flags);
  fill(buffer, bytes);
  return static_cast<ssize_t>(bytes);
}
int getentropy(void* buffer, std::size_t bytes) {
  if (!in_user_code()) return HEDDLE_REAL(getentropy)(buffer, bytes);
  fill(buffer, bytes);
  return 0;
}

}  // extern "C"

// Weak: a static standard library has its own beside other things that are needed.
[[gnu::weak]] std::random_device::result_type std::random_device::_M_getval() {
  if (in_user_code()) return static_cast<result_type>(next_number());
  using real = result_type (*)(std::random_device*);
  return HEDDLE_REAL_AS(real, "_ZNSt13random_device9_M_getvalEv")(this);
}
