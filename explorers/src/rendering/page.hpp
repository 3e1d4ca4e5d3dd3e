// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace heddle::explorers {

// The timeline page: what stands before the report's JSON, and what stands after it. It loads
// nothing, draws only the rows in view, and puts texts into the document as texts.
extern const std::string_view page_before_data;
extern const std::string_view page_after_data;

}  // namespace heddle::explorers
