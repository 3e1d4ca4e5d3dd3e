// SPDX-License-Identifier: MIT
#pragma once

namespace heddle::explorers {

struct exploration;

// While it exists, a process that a sanitizer ends says which execution it was and how to rerun it:
// the schedule must not die with the process.
class last_words {
 public:
  explicit last_words(const exploration& of);
  ~last_words();
  last_words(const last_words&) = delete;
  last_words& operator=(const last_words&) = delete;
};

}  // namespace heddle::explorers
