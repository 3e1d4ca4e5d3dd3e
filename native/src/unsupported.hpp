// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace heddle::native {

// User code calls what cannot be controlled: the execution fails and says so, the thread ends.
[[noreturn]] void not_supported(const char* function, std::uintptr_t caller);

}  // namespace heddle::native
