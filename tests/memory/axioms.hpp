// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>

#include "common/litmus_program.hpp"

// The oracle: what the axioms of a memory model allow a program to do. It enumerates execution
// graphs, not schedules, tests each against the axioms written down as relations, and shares
// nothing with sched.
//
// All models: C++20 release sequences; coherence, irreflexive(hb;eco?); atomicity of
// read-modify-writes; sequenced-before and reads-from acyclic together (nothing is read before it
// is written: no load buffering). They differ in what they ask of seq_cst operations:
//
//   cxx   [atomics.order]/4: a total order S of the seq_cst operations that agrees with strongly
//         happens-before and, through fences too, with coherence-ordered before
//   rc11  psc acyclic (Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing Sequential Consistency in
//         C/C++11, PLDI 2017)
//   sc    everything is seq_cst: sb, rf, mo and fr acyclic together
namespace litmus {

enum class model { sc, rc11, cxx };

struct allowed {
  std::int64_t graphs = 0;   // complete execution graphs
  std::int64_t blocked = 0;  // graphs that an ASM ended
  std::set<outcome> outcomes;
  bool too_many = false;  // gave up beyond `limit` partial graphs
};

[[nodiscard]] allowed enumerate(const program& of, model by, std::size_t limit = 2'000'000);

}  // namespace litmus
