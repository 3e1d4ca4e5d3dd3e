// SPDX-License-Identifier: MIT
#include "readers.hpp"

#include <algorithm>
#include <vector>

#include <heddle/sched/point.hpp>

namespace heddle::native::shadow {

namespace {

// Of this execution; what is read by many has its place here in `site`.
std::vector<reader_table> tables;

brief_access place_of_new(const reader_table& table) {
  tables.push_back(table);
  constexpr std::uint32_t never = 0xffff'ffff;  // is ordered before nothing
  return {brief_access::many, never, static_cast<std::uint32_t>(tables.size() - 1)};
}

brief_access* copy(const brief_access* from, std::uint32_t count, std::uint32_t width) {
  auto* const made = static_cast<brief_access*>(
      sched::allocate(width * sizeof(brief_access), alignof(brief_access)));
  std::copy_n(from, count, made);
  std::fill(made + count, made + width, brief_access{});
  return made;
}

}  // namespace

const reader_table& readers_of(const brief& of) noexcept { return tables[of.read.site]; }

void separate_readers(brief& of) {
  reader_table own = readers_of(of);
  own.entries = copy(own.entries, own.width, own.width);
  of.read = place_of_new(own);
}

void forget_readers() noexcept { tables.clear(); }

template <>
bool note_among_many<false>(brief& of, const thread_record& self, std::uint32_t site) {
  if (!is_ordered(of.write, self)) return false;
  if (!has_many_readers(of)) of.read = place_of_new({of.read, nullptr, 0});
  reader_table& table = tables[of.read.site];
  if (self.id >= table.width) {
    const std::uint32_t width = std::max((self.id + 8) & ~7u, table.width * 2);
    table.entries = copy(table.entries, table.width, width);
    table.width = width;
  }
  table.entries[self.id] = {self.id, now_of(self), site};
  return true;
}

template <>
bool note_among_many<true>(brief& of, const thread_record& self, std::uint32_t site) {
  if (!has_many_readers(of)) return false;
  const reader_table& table = readers_of(of);
  const auto is_before = [&self](const brief_access& at) { return is_ordered(at, self); };
  if (!is_before(of.write) || !is_before(table.first) ||
      !std::all_of(table.entries, table.entries + table.width, is_before)) {
    return false;
  }
  of.write = {self.id, now_of(self), site};
  of.read = {};
  return true;
}

}  // namespace heddle::native::shadow
