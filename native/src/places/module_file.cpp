// SPDX-License-Identifier: MIT
#include "places/module_file.hpp"

#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

namespace heddle::native {

namespace {

void open_file(const char* path, std::uintptr_t base, std::vector<module_file>& into) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  struct stat of {};
  if (::fstat(file, &of) == 0 && of.st_size > static_cast<off_t>(sizeof(Elf64_Ehdr))) {
    const auto size = static_cast<std::size_t>(of.st_size);
    void* const data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (data != MAP_FAILED) into.push_back({base, static_cast<const char*>(data), size});
  }
  ::close(file);
}

int open_module(dl_phdr_info* info, std::size_t, void* into) {
  auto& files = *static_cast<std::vector<module_file>*>(into);
  const bool program = info->dlpi_name == nullptr || *info->dlpi_name == '\0';
  if (program && !files.empty()) return 0;  // the kernel's own
  open_file(program ? "/proc/self/exe" : info->dlpi_name, info->dlpi_addr, files);
  return 0;
}

}  // namespace

const std::vector<module_file>& module_files() {
  static std::vector<module_file> files;
  if (files.empty()) ::dl_iterate_phdr(&open_module, &files);
  return files;
}

std::string_view module_file::section(std::string_view name) const noexcept {
  Elf64_Ehdr header;
  std::memcpy(&header, data, sizeof header);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_shentsize != sizeof(Elf64_Shdr))
    return {};
  if (header.e_shoff + std::uint64_t{header.e_shnum} * sizeof(Elf64_Shdr) > size) return {};
  const auto at = [&](std::size_t index) {
    Elf64_Shdr found;
    std::memcpy(&found, data + header.e_shoff + index * sizeof found, sizeof found);
    return found;
  };
  const Elf64_Shdr names = at(header.e_shstrndx);
  for (std::size_t i = 0; i < header.e_shnum; ++i) {
    const Elf64_Shdr candidate = at(i);
    if (names.sh_offset + candidate.sh_name >= size) continue;
    if (std::string_view(data + names.sh_offset + candidate.sh_name) != name) continue;
    const bool there =
        candidate.sh_type != SHT_NOBITS && (candidate.sh_flags & SHF_COMPRESSED) == 0;
    if (!there || candidate.sh_offset + candidate.sh_size > size) return {};
    return {data + candidate.sh_offset, candidate.sh_size};
  }
  return {};
}

}  // namespace heddle::native
