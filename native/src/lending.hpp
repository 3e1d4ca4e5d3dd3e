// SPDX-License-Identifier: MIT
#pragma once

namespace heddle::native {

// From now on the executions of this process are run with threads of this room.
void offer_threads() noexcept;

}  // namespace heddle::native
