// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/descriptor.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>

using relevo::gx::Descriptor;

namespace {

Descriptor open_null() {
  return Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

} // namespace

TEST_CASE("a descriptor is closed when its owner goes, and only then") {
  CHECK(Descriptor().get() == -1);
  int fd = -1;
  {
    Descriptor first = open_null();
    fd = first.get();
    REQUIRE(is_open(fd));
    Descriptor second(std::move(first));
    CHECK(second.get() == fd);
    CHECK(first.get() == -1);
    first.reset();
    CHECK(is_open(fd));
  }
  CHECK_FALSE(is_open(fd));
}

TEST_CASE("a descriptor that takes over another closes what it had") {
  Descriptor kept = open_null();
  Descriptor other = open_null();
  const int before = kept.get();
  const int after = other.get();
  kept = std::move(other);
  CHECK(kept.get() == after);
  CHECK_FALSE(is_open(before));
  kept.reset();
  CHECK_FALSE(is_open(after));
  CHECK(kept.get() == -1);
}
