// SPDX-License-Identifier: MIT
#pragma once

#include "brief_access.hpp"

// Concurrent reads since the last write: one per thread, as in sched::plain_object.
namespace heddle::native::shadow {

struct reader_table {
  brief_access first;     // the only reader until another one came
  brief_access* entries;  // by thread, in the execution's memory
  std::uint32_t width;
};

// As note(), with these as well.
template <bool Write>
[[nodiscard]] bool note_among_many(brief& of, const thread_record& self, std::uint32_t site);

[[nodiscard]] inline bool has_many_readers(const brief& of) noexcept {
  return of.read.thread == brief_access::many;
}
[[nodiscard]] const reader_table& readers_of(const brief& of) noexcept;
// It has been copied: from now on each has its own.
void separate_readers(brief& of);

void forget_readers() noexcept;

}  // namespace heddle::native::shadow
