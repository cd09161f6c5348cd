// SPDX-License-Identifier: LGPL-2.1-or-later
// Bytes packed for the tests.
#pragma once

#include <archive.h>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::test {

using AddFilter = int (*)(::archive*);

/// One stream: archive_write_add_filter_gzip, _bzip2, _xz, _zstd.
[[nodiscard]] std::string pack(std::string_view plain, AddFilter filter);

struct ZipEntry {
  std::string name; // with / at its end: a folder
  std::string content{};
  bool sized = true; // its size is written in front of it, not behind
};
/// `options` as of archive_write_set_options; with a password what is in it is encrypted.
[[nodiscard]] std::string zip(const std::vector<ZipEntry>& entries, const char* options = "",
                              const char* password = nullptr);

} // namespace relevo::test
