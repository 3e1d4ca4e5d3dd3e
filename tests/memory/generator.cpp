// SPDX-License-Identifier: MIT
#include "generator.hpp"

#include <algorithm>
#include <heddle/explorers/prng.hpp>
#include <heddle/sched/ids.hpp>
#include <initializer_list>

namespace litmus {

namespace {

class generator {
 public:
  generator(std::uint64_t number, const size_of_programs& within)
      : random_(heddle::sched::mix(number, 0x6c69'746d'7573)), within_(within) {}

  program make() {
    program made;
    made.objects = std::max(1, within_.objects - (below(4) == 0));
    seq_cst_ = below(3);  // how common: never, sometimes, often
    const int threads = 2 + below(within_.threads - 1);
    for (int i = 0; i < threads; ++i) {
      auto& code = made.threads.emplace_back();
      int reg = 0;
      const int count = std::max(1, within_.instructions - below(within_.spread + 1));
      while (static_cast<int>(code.size()) < count) code.push_back(instruction_of(made, reg));
    }
    return made;
  }

 private:
  using kind = instruction::kind;
  int below(int bound) { return static_cast<int>(random_.below(static_cast<unsigned>(bound))); }

  order pick(std::initializer_list<order> among) {
    if (below(4) < seq_cst_) return order::seq_cst;
    return *(among.begin() + below(static_cast<int>(among.size())));
  }

  instruction instruction_of(const program& in, int& reg) {
    instruction made;
    made.object = below(in.objects);
    made.value = {-1, 1 + below(3)};
    const int dice = below(20);
    if (dice < 7) {
      made.what = kind::write;
      if (reg > 0 && below(4) == 0) made.value = {below(reg), 1};
      made.with = pick({order::relaxed, order::relaxed, order::release});
      return made;
    }
    if (dice < 9) {
      made.what = kind::fence;
      made.with = pick({order::acquire, order::release, order::acq_rel, order::seq_cst});
      return made;
    }
    if (dice < 10 && reg > 0) {
      made.what = kind::go_on;
      made.any = {{{below(reg), 0}, '!', 0}};
      return made;
    }
    made.reg = reg++;
    if (dice < 16) {
      made.what = kind::read;
      made.with = pick({order::relaxed, order::relaxed, order::acquire});
      return made;
    }
    made.with = pick({order::relaxed, order::acquire, order::release, order::acq_rel});
    made.what = dice < 17 ? kind::exchange : dice < 18 ? kind::add : kind::cas;
    made.expected = below(2);
    made.on_failure = pick({order::relaxed, order::acquire});
    return made;
  }

  heddle::explorers::prng random_;
  size_of_programs within_;
  int seq_cst_ = 0;
};

}  // namespace

program generate(std::uint64_t number, const size_of_programs& within) {
  return generator(number, within).make();
}

}  // namespace litmus
