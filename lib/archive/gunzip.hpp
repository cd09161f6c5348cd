// SPDX-License-Identifier: LGPL-2.1-or-later
// gzip taken off.
#pragma once

#include "archive/unpacker.hpp"

namespace relevo::archive {

/// Several members in a row are one file; what follows the last one and is no gzip is dropped. By zlib alone,
/// because libarchive (3.6) does not look at the checksum.
[[nodiscard]] Read gunzip(Read source);

} // namespace relevo::archive
