// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

// Function-local statics: who comes first initialises them, others wait. They are initialised once
// in the life of the process, not once in each execution; so coming first is no scheduling point,
// or no later execution would be like the first.
namespace heddle::native::guards {

// The byte of a guard that inline code looks at, if `address` is one: whether it is initialised.
// What the initialiser did has then happened before.
[[nodiscard]] std::optional<bool> look_at(const void* address);

}  // namespace heddle::native::guards
