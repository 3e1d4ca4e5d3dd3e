// SPDX-License-Identifier: MIT
#include "shrink.hpp"

#include <utility>

#include "well_formed.hpp"

namespace oracle {
namespace {

void erase_operation(thread_code& code, std::size_t at) {
  for (std::size_t i = 0; i < at; ++i) {
    if (i + static_cast<std::size_t>(code[i].skip) >= at) --code[i].skip;
  }
  code.erase(code.begin() + static_cast<std::ptrdiff_t>(at));
}

// Nobody starts or joins it any more, and those behind it move up.
void erase_thread(program& p, int thread) {
  p.threads.erase(p.threads.begin() + thread);
  for (thread_code& code : p.threads) {
    for (std::size_t at = code.size(); at-- > 0;) {
      if (code[at].kind != op::start && code[at].kind != op::join) continue;
      if (code[at].object == thread) {
        erase_operation(code, at);
      } else if (code[at].object > thread) {
        --code[at].object;
      }
    }
  }
}

class shrinker {
 public:
  shrinker(program p, const std::function<bool(const program&)>& fails, bool relock)
      : best_(std::move(p)), fails_(fails), relock_(relock) {}

  program run() {
    while (drop_thread() || drop_operations()) {
    }
    return std::move(best_);
  }

 private:
  bool take(program candidate) {
    if (!complaint(candidate, relock_).empty() || !fails_(candidate)) return false;
    best_ = std::move(candidate);
    return true;
  }

  bool drop_thread() {
    for (std::size_t t = 1; t < best_.threads.size(); ++t) {
      program candidate = best_;
      erase_thread(candidate, static_cast<int>(t));
      if (take(std::move(candidate))) return true;
    }
    return false;
  }

  bool drop_operations() {
    for (std::size_t t = 0; t < best_.threads.size(); ++t) {
      for (std::size_t i = 0; i < best_.threads[t].size(); ++i) {
        program one = best_;
        erase_operation(one.threads[t], i);
        if (take(one)) return true;
        for (std::size_t j = i; j < one.threads[t].size(); ++j) {
          program two = one;
          erase_operation(two.threads[t], j);
          if (take(std::move(two))) return true;
        }
      }
    }
    return false;
  }

  program best_;
  const std::function<bool(const program&)>& fails_;
  bool relock_;
};

}  // namespace

program shrink(program p, const std::function<bool(const program&)>& fails, bool relock) {
  return shrinker(std::move(p), fails, relock).run();
}

}  // namespace oracle
