// SPDX-License-Identifier: MIT
#include "workloads.hpp"

namespace heddle::bench {

const std::vector<workload>& workloads() {
  static const std::vector<workload> all = [] {
    std::vector<workload> list;
    for (const auto& family : {atomic_workloads(), lock_workloads(), structure_workloads(),
                               litmus_workloads(), order_workloads()}) {
      list.insert(list.end(), family.begin(), family.end());
    }
    return list;
  }();
  return all;
}

const workload* find_workload(std::string_view name) {
  for (const workload& work : workloads()) {
    if (work.name == name) return &work;
  }
  return nullptr;
}

}  // namespace heddle::bench
