// SPDX-License-Identifier: LGPL-2.1-or-later
// Reader: the skin over libarchive.
#pragma once

#include "archive/unpacker.hpp"
#include "form.hpp"
#include "gx/handle.hpp"

#include <archive.h>
#include <archive_entry.h>

namespace relevo::archive {

/// Everything is pulled out of the source in order, without a seek. After an error only the end.
class Reader {
 public:
  Reader(Read source, Form form);
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() = default;

  /// The next file; null at the end. It is there until the next call.
  [[nodiscard]] Result<archive_entry*> next();
  /// The next bytes of the file, there until the next call; empty at its end.
  [[nodiscard]] Result<Bytes> block();

 private:
  static la_ssize_t pull(::archive*, void* self, const void** block) noexcept;
  [[nodiscard]] Error error() const;

  Read source_;
  Form form_;
  std::vector<std::byte> packed_;
  bool ended_ = false;                               // the source
  std::optional<Error> broken_;                      // the source
  std::optional<Error> late_;                        // found, and not told yet
  gx::Handle<::archive, archive_read_free> archive_; // goes first: it calls pull()
};

/// bzip2, xz or zstd taken off.
[[nodiscard]] Read decompress(Read source, Form form);

} // namespace relevo::archive
