// SPDX-License-Identifier: LGPL-2.1-or-later
// Folder: files that are there whole or not at all.
#pragma once

#include "gstx/ref.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::hlsrestream {

struct FileFailure {
  std::string what; // the call and its file
  int code = 0;     // errno
};
using MaybeFailure = std::optional<FileFailure>;

/// What is written appears under its name at once and complete, and takes the place of what was there.
class Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {}

  [[nodiscard]] MaybeFailure write(const std::string& name, GstBufferList* bytes) const;
  [[nodiscard]] MaybeFailure write(const std::string& name, std::string_view text) const;
  /// What is not there is no failure.
  [[nodiscard]] MaybeFailure remove(const std::string& name) const;

  [[nodiscard]] bool holds(const std::string& name) const;
  [[nodiscard]] bool is_folder(const std::string& name) const; // "": whether this is one
  /// Since it was written; 0 where that is not known.
  [[nodiscard]] std::chrono::seconds age_of(const std::string& name) const;
  /// Empty where there is no such file, or one that is larger than `most`.
  [[nodiscard]] std::optional<std::string> read(const std::string& name, std::size_t most) const;
  [[nodiscard]] std::vector<std::string> names() const;

  /// Whether it is the name of a file that is being written; after a crash they are left over.
  [[nodiscard]] static bool is_unfinished(const std::string& name);

 private:
  std::filesystem::path path_;
};

} // namespace relevo::hlsrestream
