// SPDX-License-Identifier: MIT
#pragma once

#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>
#include <vector>

namespace heddle::bench {

// Prints what Google Benchmark has run as a table for each explorer, and writes the counters of
// each benchmark as rows to a file (may be null).
class reporter : public benchmark::BenchmarkReporter {
 public:
  explicit reporter(std::FILE* out) : out_(out) {}

  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override;

 private:
  std::FILE* out_;
  std::string family_;  // of the table being printed
};

}  // namespace heddle::bench
