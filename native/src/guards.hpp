// SPDX-License-Identifier: MIT
#pragma once

namespace heddle::native::guards {

// Is this the guard of a function-local static that has been initialised? Then loading it is no
// operation that anybody could tell: it keeps its value. What the initialiser did is visible.
[[nodiscard]] bool is_done(const void* guard);

}  // namespace heddle::native::guards
