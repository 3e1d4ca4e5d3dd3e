// SPDX-License-Identifier: MIT
#pragma once

// Keys of thread-specific data.
namespace heddle::native::keys {

// A whole program makes its keys anew in each execution: those of this one go.
void delete_made() noexcept;

}  // namespace heddle::native::keys
