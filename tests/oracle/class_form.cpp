// SPDX-License-Identifier: MIT
#include "class_form.hpp"

#include <algorithm>

namespace oracle {
namespace {

// The order of the operations on one object. Operations of one group that come in a row commute, so
// that they are a set; a set is written down sorted.
class object_order {
 public:
  enum class group { none, peeks, releases };

  void add(int thread, int index, group of = group::none, int extra = -1) {
    if (of == group::none || of != group_) close();
    group_ = of;
    if (of == group::none) {
      form_.insert(form_.end(), {thread, index, extra});
    } else {
      commuting_.push_back({thread, index});
    }
  }

  void append_to(class_form& out) {
    close();
    out.push_back(static_cast<int>(form_.size()));
    out.insert(out.end(), form_.begin(), form_.end());
  }

 private:
  void close() {
    std::sort(commuting_.begin(), commuting_.end());
    for (const auto& [thread, index] : commuting_) form_.insert(form_.end(), {thread, index, -2});
    commuting_.clear();
  }

  class_form form_;
  group group_ = group::none;
  std::vector<std::pair<int, int>> commuting_;
};

}  // namespace

class_form form_of(const program& p, const std::vector<event>& path, class_rules rules) {
  std::vector<object_order> variables(p.variables.size());
  std::vector<object_order> mutexes(static_cast<std::size_t>(p.mutexes));
  std::vector<object_order> conditions(static_cast<std::size_t>(p.conditions));
  std::vector<object_order> semaphores(p.semaphores.size());
  using group = object_order::group;
  std::vector<class_form> picks(p.threads.size());
  class_form counts(p.threads.size(), 0);
  for (const event& e : path) {
    const auto thread = static_cast<std::size_t>(e.thread);
    const auto object = static_cast<std::size_t>(e.object);
    const int index = e.visible() ? counts[thread]++ : -1;
    switch (e.what) {
      case access::hidden:
      case access::point:
        break;
      case access::pick:
        picks[thread].push_back(e.result);
        break;
      case access::read:
      case access::write:
        variables[object].add(e.thread, index, e.what == access::read ? group::peeks : group::none);
        break;
      case access::mutex:
      case access::mutex_peek:
        mutexes[object].add(e.thread, index,
                            e.what == access::mutex_peek && rules.failed_try_locks_commute
                                ? group::peeks
                                : group::none);
        break;
      case access::mutex_condition:
        mutexes[object].add(e.thread, index);
        conditions[static_cast<std::size_t>(e.other)].add(e.thread, index);
        break;
      case access::condition:
        conditions[object].add(e.thread, index, group::none, e.other);
        break;
      case access::permit:
        semaphores[object].add(e.thread, index);
        break;
      case access::permit_peek:
        semaphores[object].add(e.thread, index, group::peeks);
        break;
      case access::release:
        semaphores[object].add(e.thread, index, group::releases);
        break;
    }
  }
  class_form form = counts;
  for (const class_form& c : picks) {
    form.push_back(static_cast<int>(c.size()));
    form.insert(form.end(), c.begin(), c.end());
  }
  for (auto* orders : {&variables, &mutexes, &conditions, &semaphores}) {
    for (object_order& order : *orders) order.append_to(form);
  }
  return form;
}

}  // namespace oracle
