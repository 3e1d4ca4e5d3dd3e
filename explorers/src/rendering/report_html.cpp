// SPDX-License-Identifier: MIT
#include "heddle/explorers/report.hpp"
#include "page.hpp"

// The page is a constant; the report goes into it as JSON that cannot end its element.
namespace heddle {

std::string report::html() const {
  return std::string(explorers::page_before_data) + json() +
         std::string(explorers::page_after_data);
}

}  // namespace heddle
