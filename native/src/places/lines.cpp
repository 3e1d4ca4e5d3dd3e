// SPDX-License-Identifier: MIT
#include "places/lines.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "places/dwarf_reader.hpp"
#include "places/module_file.hpp"

namespace heddle::native {

namespace {

struct line_table {
  std::vector<line_row> rows;  // by address
  std::deque<std::string> files;
  std::unordered_map<std::string, std::uint32_t> numbers;

  std::uint32_t number_of(const std::string& path) {
    const auto [at, is_new] = numbers.try_emplace(path, static_cast<std::uint32_t>(files.size()));
    if (is_new) files.push_back(path);
    return at->second;
  }
};

// The forms in which DWARF 5 writes directories and files.
constexpr std::uint64_t content_path = 1;
constexpr std::uint64_t content_directory = 2;
enum form : std::uint64_t {
  form_string = 0x08,
  form_data1 = 0x0b,
  form_data2 = 0x05,
  form_data4 = 0x06,
  form_data8 = 0x07,
  form_data16 = 0x1e,
  form_udata = 0x0f,
  form_block = 0x09,
  form_strp = 0x0e,
  form_line_strp = 0x1f,
};

struct sections {
  std::string_view line, line_str, str;
};

// One compilation unit's table.
class unit {
 public:
  unit(dwarf_reader in, const sections& from, std::uintptr_t base, line_table& into)
      : in_(in), from_(from), base_(base), into_(into) {}

  void read() {
    const auto version = in_.fixed<std::uint16_t>();
    if (version < 2 || version > 5) return;
    if (version == 5) in_.skip(2);  // sizes of addresses and of segment selectors
    const std::uint64_t header_bytes = in_.fixed<std::uint32_t>();
    dwarf_reader program = in_;
    program.skip(header_bytes);
    least_instruction_ = in_.fixed<std::uint8_t>();
    if (version >= 4) in_.skip(1);
    in_.skip(1);  // is it a statement
    line_base_ = in_.fixed<std::int8_t>();
    line_range_ = in_.fixed<std::uint8_t>();
    opcode_base_ = in_.fixed<std::uint8_t>();
    if (line_range_ == 0 || opcode_base_ == 0) return;
    lengths_.assign(opcode_base_, 0);
    for (unsigned i = 1; i < opcode_base_; ++i) lengths_[i] = in_.fixed<std::uint8_t>();
    if (version == 5) {
      read_names();
    } else {
      read_old_names();
    }
    in_ = program;
    run();
  }

 private:
  struct named {
    std::string path;
    std::uint64_t directory = 0;
  };

  std::uint64_t number(std::uint64_t form) {
    switch (form) {
      case form_data1:
        return in_.fixed<std::uint8_t>();
      case form_data2:
        return in_.fixed<std::uint16_t>();
      case form_data4:
        return in_.fixed<std::uint32_t>();
      case form_data8:
        return in_.fixed<std::uint64_t>();
      case form_data16:
        in_.skip(16);
        return 0;
      case form_block:
        in_.skip(in_.unsigned_leb());
        return 0;
      default:
        return in_.unsigned_leb();
    }
  }
  std::string_view text(std::uint64_t form) {
    if (form == form_string) return in_.text();
    const std::uint32_t offset = in_.fixed<std::uint32_t>();
    return dwarf_reader(form == form_line_strp ? from_.line_str : from_.str).skipped(offset).text();
  }
  std::vector<named> read_list() {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> columns(in_.fixed<std::uint8_t>());
    for (auto& [what, form] : columns) {
      what = in_.unsigned_leb();
      form = in_.unsigned_leb();
    }
    std::vector<named> list;
    const std::uint64_t count = in_.unsigned_leb();
    for (std::uint64_t i = 0; i < count && !in_.at_end(); ++i) {
      named one;
      for (const auto& [what, form] : columns) {
        if (form == form_string || form == form_strp || form == form_line_strp) {
          const std::string_view found = text(form);
          if (what == content_path) one.path = found;
        } else {
          const std::uint64_t found = number(form);
          if (what == content_directory) one.directory = found;
        }
      }
      list.push_back(std::move(one));
    }
    return list;
  }
  void add_file(const std::vector<named>& directories, const named& file) {
    std::string path = file.path;
    if (!path.starts_with('/') && file.directory < directories.size()) {
      std::string in = directories[file.directory].path;
      if (!in.starts_with('/') && !directories.empty() && !directories.front().path.empty()) {
        in = directories.front().path + "/" + in;
      }
      if (!in.empty()) path = in + "/" + path;
    }
    files_.push_back(into_.number_of(path));
  }
  void read_names() {
    const std::vector<named> directories = read_list();
    for (const named& file : read_list()) add_file(directories, file);
  }
  void read_old_names() {
    std::vector<named> directories{{}};
    for (std::string_view at = in_.text(); !at.empty(); at = in_.text()) {
      directories.push_back({std::string(at), 0});
    }
    files_.push_back(into_.number_of({}));  // they count from 1
    for (std::string_view at = in_.text(); !at.empty(); at = in_.text()) {
      const std::uint64_t directory = in_.unsigned_leb();
      in_.unsigned_leb();
      in_.unsigned_leb();
      add_file(directories, {std::string(at), directory});
    }
  }

  void emit(bool ends) {
    if (address_ == 0) return;  // the linker has thrown this function away
    into_.rows.push_back({base_ + address_, file_ < files_.size() ? files_[file_] : 0,
                          static_cast<std::uint32_t>(line_), ends});
  }
  void run() {
    start_over();
    while (!in_.at_end()) {
      const auto opcode = in_.fixed<std::uint8_t>();
      if (opcode >= opcode_base_) {
        const unsigned adjusted = opcode - opcode_base_;
        address_ += least_instruction_ * (adjusted / line_range_);
        line_ += line_base_ + static_cast<int>(adjusted % line_range_);
        emit(false);
        continue;
      }
      switch (opcode) {
        case 0:
          extended();
          break;
        case 1:  // copy
          emit(false);
          break;
        case 2:  // advance_pc
          address_ += least_instruction_ * in_.unsigned_leb();
          break;
        case 3:  // advance_line
          line_ += in_.signed_leb();
          break;
        case 4:  // set_file
          file_ = in_.unsigned_leb();
          break;
        case 8:  // const_add_pc
          address_ += least_instruction_ * ((255u - opcode_base_) / line_range_);
          break;
        case 9:  // fixed_advance_pc
          address_ += in_.fixed<std::uint16_t>();
          break;
        default:
          for (unsigned i = 0; i < lengths_[opcode]; ++i) in_.unsigned_leb();
      }
    }
  }
  void extended() {
    const std::uint64_t bytes = in_.unsigned_leb();
    if (bytes == 0) return;
    dwarf_reader after = in_.skipped(bytes);
    switch (in_.fixed<std::uint8_t>()) {
      case 1:  // end_sequence
        emit(true);
        start_over();
        break;
      case 2:  // set_address
        address_ = in_.fixed<std::uint64_t>();
        break;
      default:
        break;
    }
    in_ = after;
  }
  void start_over() {
    address_ = 0;
    file_ = 1;
    line_ = 1;
  }

  dwarf_reader in_;
  const sections& from_;
  std::uintptr_t base_;
  line_table& into_;
  std::vector<std::uint32_t> files_;
  std::vector<std::uint8_t> lengths_;
  std::uint64_t least_instruction_ = 1;
  int line_base_ = 0;
  unsigned line_range_ = 1;
  unsigned opcode_base_ = 1;
  std::uint64_t address_ = 0;
  std::uint64_t file_ = 1;
  std::int64_t line_ = 1;
};

const line_table& lines() {
  static line_table table;
  static bool read = false;
  if (read) return table;
  read = true;
  for (const module_file& file : module_files()) {
    const sections from{file.section(".debug_line"), file.section(".debug_line_str"),
                        file.section(".debug_str")};
    dwarf_reader all(from.line);
    while (!all.at_end()) {
      const std::uint64_t bytes = all.fixed<std::uint32_t>();
      if (bytes >= 0xffff'fff0) break;  // the 64-bit form, which no compiler writes unasked
      unit(all.limited(bytes), from, file.base, table).read();
      all.skip(bytes);
    }
  }
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const line_row& a, const line_row& b) {
    return a.address != b.address ? a.address < b.address : a.ends && !b.ends;
  });
  return table;
}

}  // namespace

const line_row* row_of(std::uintptr_t address) {
  const std::vector<line_row>& rows = lines().rows;
  const auto after =
      std::upper_bound(rows.begin(), rows.end(), address,
                       [](std::uintptr_t at, const line_row& row) { return at < row.address; });
  if (after == rows.begin() || (after - 1)->ends) return nullptr;
  return &*(after - 1);
}

const line_row* row_before(const line_row* row) {
  if (row == lines().rows.data()) return nullptr;
  return (row - 1)->ends ? nullptr : row - 1;
}

const char* file_of(const line_row& row) { return lines().files[row.file].c_str(); }

}  // namespace heddle::native
