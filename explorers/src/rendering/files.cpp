// SPDX-License-Identifier: MIT
#include "files.hpp"

#include <filesystem>
#include <fstream>

namespace heddle::explorers {

void write_renderings(report& of) {
  if (!of.failure || of.failure->file.empty()) return;
  const std::filesystem::path schedule = of.failure->file;
  const auto write = [&](const char* suffix, const std::string& text) {
    std::filesystem::path path = schedule;
    path.replace_extension(suffix);
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) of.warnings.push_back("cannot write " + path.string());
  };
  write(".txt", of.text());
  write(".json", of.json());
  write(".html", of.html());
  write(".trace.json", of.chrome_trace());
}

}  // namespace heddle::explorers
