// SPDX-License-Identifier: MIT
#include "outside_keys.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace heddle::sched::outside_keys {

namespace {

// The name of the file without its directories, which differ between machines.
std::uint64_t hash_of(location where) noexcept {
  std::string_view file = where.known() ? where.file : "";
  file.remove_prefix(std::min(file.size(), file.rfind('/') + 1));
  std::uint64_t hash = where.line;
  for (const char c : file) hash = mix(hash, static_cast<unsigned char>(c));
  return hash;
}

// Which numbers are taken, by place. Never destroyed: objects may be, after it would have been.
struct table {
  std::mutex access;
  std::unordered_map<std::uint64_t, std::vector<bool>> taken;
};
table& numbers() {
  static table& all = *new table;
  return all;
}

}  // namespace

void give(object& to) {
  static std::atomic<std::uint32_t> count{0};
  to.index = ++count;
  if (to.kind != object_kind::plain) {
    to.key = mix(to.index) | made_outside;
    return;
  }
  const std::uint64_t place = hash_of(to.created);
  table& all = numbers();
  const std::lock_guard<std::mutex> held(all.access);
  std::vector<bool>& taken = all.taken[place];
  const auto free = std::find(taken.begin(), taken.end(), false);
  to.twin = static_cast<std::uint32_t>(free - taken.begin());
  if (free == taken.end()) {
    taken.push_back(true);
  } else {
    *free = true;
  }
  to.key = mix(place, to.twin) | made_outside;
}

void take_back(const object& from) noexcept {
  if (from.kind != object_kind::plain) return;
  table& all = numbers();
  const std::lock_guard<std::mutex> held(all.access);
  all.taken[hash_of(from.created)][from.twin] = false;
}

}  // namespace heddle::sched::outside_keys
