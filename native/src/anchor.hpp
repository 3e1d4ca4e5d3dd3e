// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

// The functions that stand in front of the C library's. They are listed in one table, by which a
// program that has any instrumented code pulls all of them in, and which the self-test goes
// through.
namespace heddle::native {

struct interposed {
  const char* name;
  const void* ours;
};
[[nodiscard]] const interposed* interposed_functions(std::size_t& count) noexcept;

// What stands between user code and this room in this process, each with what to do about it;
// empty: nothing does.
[[nodiscard]] std::string self_test();

}  // namespace heddle::native
