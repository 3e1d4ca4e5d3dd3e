// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <heddle/sched/object.hpp>
#include <heddle/sched/point.hpp>

#include "cells.hpp"

// Plain data as objects of the execution: where more has to be known of it than a cell keeps, or
// somebody wants to hear of each access.
namespace heddle::native::shadow {

// Bytes that have always been accessed together, out of eight.
struct part : sched::plain_object {
  part(std::uintptr_t at, std::uint8_t bytes, part* after);
  std::uintptr_t not_address;  // its complement: no pointer for those who look for leaks
  part* next;
  std::uint8_t mask;
};

// The parts that make up `mask`, made and split where need be; how many. What the cell has kept in
// brief becomes parts, too. `write`: this is the access that a new one is made for.
unsigned parts_of(cell& at, std::uintptr_t granule, std::uint8_t mask, bool write,
                  std::uintptr_t caller, part* (&found)[8]);

// An access of a part. Others may run meanwhile.
void touch(part& of, std::uintptr_t granule, bool write, location where);

}  // namespace heddle::native::shadow
