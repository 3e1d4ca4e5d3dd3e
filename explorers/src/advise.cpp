// SPDX-License-Identifier: MIT
#include "heddle/explorers/advise.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "diagnosis/memory_words.hpp"
#include "names.hpp"

namespace heddle {

namespace {

using sched::op_kind;
using sched::order_site;
using order = std::memory_order;

// What may stand at such a place, the weakest first. A relaxed fence is none.
std::vector<order> possible_at(const order_site& site) {
  const order relaxed = std::memory_order_relaxed;
  const order acquire = std::memory_order_acquire;
  const order release = std::memory_order_release;
  const order seq_cst = std::memory_order_seq_cst;
  if (site.kind == op_kind::load || site.kind == op_kind::atomic_wait || site.on_failure) {
    return {relaxed, acquire, seq_cst};
  }
  if (site.kind == op_kind::store) return {relaxed, release, seq_cst};
  return {relaxed, acquire, release, std::memory_order_acq_rel, seq_cst};
}

// Is `a` as weak as `b` or weaker, whatever it is used for?
bool no_stronger(order a, order b) {
  const auto as_strong = [](order of) {
    return of == std::memory_order_consume ? std::memory_order_acquire : of;
  };
  a = as_strong(a);
  b = as_strong(b);
  if (a == b || a == std::memory_order_relaxed || b == std::memory_order_seq_cst) return true;
  return b == std::memory_order_acq_rel && a != std::memory_order_seq_cst;
}

class adviser {
 public:
  adviser(const options& how, sched::body_ref body) : how_(how), body_(body) {
    how_.orders = &book_;
    how_.minimise = 0;
    how_.diagnose = false;
    how_.predict = false;
    how_.stop_at_first_failure = true;
  }

  order_advice run() {
    book_.collects = true;
    const verdict as_written = explore();
    advice_.passes = as_written == verdict::passes;
    unfinished_ = as_written == verdict::unknown;
    if (unfinished_) return finish();
    if (advice_.passes) {
      relax(book_.seen);
      return finish();
    }
    if (strengthen_all()) {
      relax(book_.instead);
    } else {
      book_.instead.clear();
    }
    return finish();
  }

 private:
  enum class verdict { passes, fails, unknown };

  verdict explore() {
    const report found = heddle::explore(how_, body_);
    advice_.executions += found.executions;
    if (found.failure) return verdict::fails;
    return found.coverage == coverage::exhaustive ? verdict::passes : verdict::unknown;
  }

  // False: it does not help, or is too much to explore.
  bool strengthen_all() {
    for (std::size_t known = 0; known < book_.seen.size();) {
      known = book_.seen.size();
      book_.instead = book_.seen;
      for (order_site& at : book_.instead) at.order = std::memory_order_seq_cst;
      const verdict found = explore();
      if (found == verdict::unknown) unfinished_ = true;
      if (known == book_.seen.size()) return found == verdict::passes;
    }
    return false;
  }

  // From orders with which the test passes to the weakest that do, one place after the other. Of a
  // passing test none becomes stronger than in the source, of a failing one none weaker.
  void relax(std::vector<order_site> from) {
    book_.instead = std::move(from);
    for (std::size_t i = 0; i < book_.instead.size(); ++i) {
      const order before = book_.instead[i].order;
      const order_site written = book_.instead[i];
      for (const order weaker : possible_at(written)) {
        if (weaker == before || !no_stronger(weaker, before)) continue;
        if (!advice_.passes && !no_stronger(in_source(written), weaker)) continue;
        book_.instead[i].order = weaker;
        const verdict found = explore();
        if (found == verdict::passes) break;
        unfinished_ |= found == verdict::unknown;
        book_.instead[i].order = before;
      }
    }
  }

  [[nodiscard]] order in_source(const order_site& site) const {
    return std::find_if(book_.seen.begin(), book_.seen.end(),
                        [&](const order_site& at) { return at.same_place(site); })
        ->order;
  }

  order_advice finish() {
    advice_.complete = !unfinished_;
    advice_.sites = book_.seen.size();
    for (const order_site& at : book_.instead) {
      order_site written = at;
      written.order = in_source(at);
      if (written.order != at.order) advice_.changes.push_back({written, at.order});
    }
    return std::move(advice_);
  }

  options how_;
  sched::body_ref body_;
  sched::order_book book_;
  order_advice advice_;
  bool unfinished_ = false;
};

std::string words_of(const order_advice::change& of) {
  const std::string what = of.site.on_failure ? std::string("compare_exchange that fails")
                                              : std::string(to_string(of.site.kind));
  return fmt::format("{}: {} of order {}", explorers::place(of.site.where), what,
                     explorers::word_of(of.site.order));
}

}  // namespace

std::string order_advice::text() const {
  std::string text =
      fmt::format("orders of memory at {} places, {} executions\n", sites, executions);
  if (!complete) {
    text +=
        "an exploration did not finish: nothing can be said about some orders; allow more "
        "executions and time, or make the test smaller\n";
  }
  if (changes.empty() && complete) {
    text += passes ? "this test needs every order that it meets\n"
                   : "no order of memory makes the failure go away\n";
  }
  for (const change& at : changes) {
    const bool gone = at.site.kind == op_kind::fence && at.to == std::memory_order_relaxed;
    const std::string to = gone ? "none at all" : std::string(explorers::word_of(at.to));
    text += passes
                ? fmt::format("  {}; this test does not distinguish it from {}\n", words_of(at), to)
                : fmt::format("  {}; the failure goes away with {}\n", words_of(at), to);
  }
  if (changes.size() > 1) {
    text += passes ? "with all of these at once the test passes; another test may need them\n"
                   : "all of these are needed\n";
  }
  return text;
}

order_advice advise(const options& how, sched::body_ref body) { return adviser(how, body).run(); }

}  // namespace heddle
