// SPDX-License-Identifier: LGPL-2.1-or-later
// Texts that were written, as files without a name: so they may be of any size, and are written once for all
// who ask for them.
#pragma once

#include "gx/descriptor.hpp"
#include "gx/ref.hpp"
#include "net/response.hpp"

#include <gio/gio.h>
#include <list>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::outputs {

/// A file that is being written. Everything throws std::runtime_error, as when the disk is full.
class TextFile {
 public:
  /// `packed`: with gzip.
  TextFile(const std::string& folder, bool packed);

  void write(std::string_view text);
  /// The whole of it.
  [[nodiscard]] gx::Descriptor finish() &&;

 private:
  gx::Descriptor file_;
  gx::Ref<GOutputStream> stream_;
};

/// The last ones, by what is in them. For one thread at a time.
class KeptFiles {
 public:
  /// `most`: how many.
  explicit KeptFiles(std::size_t most) : most_(most) {}

  /// Empty where it is not there any more.
  [[nodiscard]] std::optional<net::FileBody> find(const std::string& key);
  void add(std::string key, gx::Descriptor file);

 private:
  struct Kept {
    std::string key;
    gx::Descriptor file;
  };

  std::size_t most_;
  std::list<Kept> files_; // the one that was asked for last in front
};

} // namespace relevo::outputs
