// SPDX-License-Identifier: MIT
#include "wakeup_tree.hpp"

#include <algorithm>
#include <optional>

namespace heddle::explorers::por {

namespace {

wakeup_tree path_of(const sequence& what) {
  wakeup_tree path;
  for (std::size_t at = what.size(); at-- > 0;) {
    wakeup_tree longer;
    longer.push_back({what[at], std::move(path)});
    path = std::move(longer);
  }
  return path;
}

enum class place { here, elsewhere, nowhere };

// Where in `what` is `first`: where it can be brought to the front, or missing though it could
// have been put there, or neither?
place find(const sequence& what, const action& first, std::size_t& at) {
  for (at = 0; at < what.size(); ++at) {
    if (what[at].thread == first.thread)
      return same(what[at], first) ? place::here : place::nowhere;
    if (conflict(what[at], first)) return place::nowhere;
  }
  return place::elsewhere;
}

template <class Visit>
void for_each_path(const wakeup_tree& tree, sequence& before, const Visit& visit) {
  for (const branch& at : tree) {
    before.push_back(at.first);
    if (at.after.empty()) {
      visit(before);
    } else {
      for_each_path(at.after, before, visit);
    }
    before.pop_back();
  }
}

// The next path of a tree in order: it shares a beginning with the newest only.
void append(wakeup_tree& into, const sequence& path) {
  wakeup_tree* tree = &into;
  std::size_t at = 0;
  while (at < path.size() && !tree->empty() && same(tree->back().first, path[at])) {
    tree = &tree->back().after;
    ++at;
  }
  if (at == path.size()) return;
  wakeup_tree rest = path_of(sequence(path.begin() + static_cast<std::ptrdiff_t>(at), path.end()));
  tree->push_back(std::move(rest.front()));
}

}  // namespace

void insert(wakeup_tree& into, sequence what) {
  wakeup_tree* tree = &into;
  for (;;) {
    if (what.empty()) return;
    branch* next = nullptr;
    for (branch& child : *tree) {
      std::size_t at = 0;
      const place found = find(what, child.first, at);
      if (found == place::elsewhere) return;
      if (found == place::nowhere) continue;
      what.erase(what.begin() + static_cast<std::ptrdiff_t>(at));
      next = &child;
      break;
    }
    if (next == nullptr) {
      tree->push_back(std::move(path_of(what).front()));
      return;
    }
    if (next->after.empty()) return;  // a leaf: everything after it will be explored
    tree = &next->after;
  }
}

wakeup_tree with_data_first(wakeup_tree tree, thread_index thread) {
  if (tree.empty()) return tree;
  struct group {
    action data;
    wakeup_tree after;
  };
  std::vector<group> groups;
  std::vector<sequence> others;
  sequence before;
  for_each_path(tree, before, [&](sequence path) {
    const auto data = std::find_if(path.begin(), path.end(),
                                   [thread](const action& at) { return at.thread == thread; });
    if (data == path.end() || !data->is_data()) {
      others.push_back(std::move(path));
      return;
    }
    auto found = std::find_if(groups.begin(), groups.end(),
                              [&](const group& at) { return same(at.data, *data); });
    if (found == groups.end()) found = groups.insert(found, {*data, {}});
    path.erase(data);
    append(found->after, path);
  });
  if (groups.empty()) return tree;
  for (const sequence& path : others) append(groups.front().after, path);
  wakeup_tree result;
  for (group& at : groups) result.push_back({std::move(at.data), std::move(at.after)});
  return result;
}

}  // namespace heddle::explorers::por
