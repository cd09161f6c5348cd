// SPDX-License-Identifier: LGPL-2.1-or-later
// Heads of real access units with what the picture probe must say about them.
#pragma once

#include "ts/picture.hpp"

#include <string>
#include <vector>

namespace relevo::test {

struct PictureUnit {
  const char* hex; // from the start of the access unit into its first slice
  ts::PictureHead head;
};

struct PictureStream {
  std::string name;
  ts::VideoFormat format; // as the probe says after the first unit
  std::vector<PictureUnit> units;
};

const std::vector<PictureStream>& picture_streams();

} // namespace relevo::test
