// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "heddle/explorers/minimisation.hpp"
#include "laboratory.hpp"
#include "signature.hpp"

namespace heddle::explorers {

// A schedule on its way to being simpler.
struct minimised {
  std::vector<std::uint32_t> choices;
  minimisation what;
};

// As text, for another process; and back.
[[nodiscard]] std::string to_text(const minimised& of);
[[nodiscard]] minimised minimised_from(const std::string& text);

// From the choices of a failing execution to the simplest ones that fail in the same way: fewest
// preemptions, then fewest choices that are not boring, then fewest steps. First drops deviations
// from the boring execution in ever smaller groups (Zeller's delta debugging), then searches all
// schedules with 0, 1, 2 ... preemptions, until one fails or the budget of `lab` is used up.
// `same_cause` judges an outcome whose signature is that of `of`; it may run `choices` once more.
// `found` hears of each improvement.
[[nodiscard]] minimised minimise(
    laboratory& lab, const std::vector<std::uint32_t>& choices, const sched::outcome& of,
    const std::function<bool(const std::vector<std::uint32_t>& choices)>& same_cause,
    const std::function<void(const minimised&)>& found = {});

}  // namespace heddle::explorers
