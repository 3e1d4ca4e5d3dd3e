// SPDX-License-Identifier: MIT
#include "places/symbols.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <string_view>
#include <vector>

#include "places/module_file.hpp"

namespace heddle::native {

namespace {

std::string demangled(const char* name) {
  // C has names as they are; "m" would be taken for the code of a type.
  if (std::strncmp(name, "_Z", 2) != 0) return name;
  int status = 0;
  char* const text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  std::string result = status == 0 ? text : name;
  std::free(text);
  return result;
}

// Calls `look(name, symbol)` for every variable of the file until that returns true.
template <class Look>
void for_each_variable(const module_file& file, Look look) {
  const std::string_view symbols = file.section(".symtab");
  const std::string_view names = file.section(".strtab");
  for (std::size_t at = 0; at + sizeof(Elf64_Sym) <= symbols.size(); at += sizeof(Elf64_Sym)) {
    Elf64_Sym symbol;
    std::memcpy(&symbol, symbols.data() + at, sizeof symbol);
    if (ELF64_ST_TYPE(symbol.st_info) != STT_OBJECT || symbol.st_name >= names.size()) continue;
    if (look(names.data() + symbol.st_name, symbol)) return;
  }
}

// Mangled names say in which namespaces things are; what comes from a shared library has a version.
bool is_own(std::string_view name) noexcept {
  constexpr std::string_view others[] = {"6heddle", "_ZNSt",   "_ZSt",         "_ZGVNSt",
                                         "N3fmt",   "N5boost", "N10__cxxabiv1"};
  if (name.find('@') != std::string_view::npos) return false;
  return std::none_of(std::begin(others), std::end(others), [name](std::string_view part) {
    return name.find(part) != std::string_view::npos;
  });
}

struct range {
  std::uintptr_t begin;
  std::uintptr_t end;
};
std::vector<range> find_variables_of_library() {
  // The last two: facets of the classic locale in libstdc++, which fill their caches when asked.
  constexpr std::string_view prefixes[] = {"_ZSt",
                                           "_ZNSt",
                                           "_ZZNSt",
                                           "_ZGVNSt",
                                           "_ZGVZNSt",
                                           "_ZN12_GLOBAL__N_17ctype_cE",
                                           "_ZN12_GLOBAL__N_17ctype_wE"};
  std::vector<range> found;
  if (module_files().empty()) return found;
  const module_file& program = module_files().front();
  for_each_variable(program, [&](std::string_view name, const Elf64_Sym& symbol) {
    const bool is_librarys = name.find('@') != std::string_view::npos ||
                             std::any_of(std::begin(prefixes), std::end(prefixes),
                                         [name](auto prefix) { return name.starts_with(prefix); });
    const std::uintptr_t begin = program.base + symbol.st_value;
    if (is_librarys && symbol.st_shndx != SHN_UNDEF)
      found.push_back({begin, begin + symbol.st_size});
    return false;
  });
  std::sort(found.begin(), found.end(), [](range a, range b) { return a.begin < b.begin; });
  return found;
}

}  // namespace

bool is_variable_of_library(std::uintptr_t address) {
  static const std::vector<range> all = find_variables_of_library();
  const auto behind = std::upper_bound(all.begin(), all.end(), address,
                                       [](std::uintptr_t at, range in) { return at < in.begin; });
  return behind != all.begin() && address < std::prev(behind)->end;
}

std::string data_symbol(std::uintptr_t address, std::uintptr_t base, std::uintptr_t& offset) {
  std::string name;
  for (const module_file& file : module_files()) {
    if (file.base != base) continue;
    for_each_variable(file, [&](const char* found, const Elf64_Sym& symbol) {
      const std::uintptr_t begin = base + symbol.st_value;
      if (address < begin || address >= begin + symbol.st_size) return false;
      offset = address - begin;
      name = demangled(found);
      return true;
    });
  }
  return name;
}

void for_each_own_variable(
    const std::function<void(std::uintptr_t, std::size_t, std::string)>& found) {
  if (module_files().empty()) return;
  const module_file& program = module_files().front();
  for_each_variable(program, [&](const char* name, const Elf64_Sym& symbol) {
    if (symbol.st_shndx != SHN_UNDEF && is_own(name)) {
      found(program.base + symbol.st_value, symbol.st_size, demangled(name));
    }
    return false;
  });
}

void for_each_guard(const std::function<void(std::uintptr_t)>& found) {
  for (const module_file& file : module_files()) {
    for_each_variable(file, [&](const char* name, const Elf64_Sym& symbol) {
      if (std::strncmp(name, "_ZGV", 4) == 0) found(file.base + symbol.st_value);
      return false;
    });
  }
}

}  // namespace heddle::native
