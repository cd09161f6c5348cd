// SPDX-License-Identifier: LGPL-2.1-or-later
// Shelf: what was fetched, as files in a folder of bounded size, which outlive the daemon.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace relevo::logos {

/// From any thread. A file is named for the URL that it came from.
class Shelf {
 public:
  struct Settings {
    std::string folder{};
    std::string temporary{}; // on the same disk: for what is not whole yet
    std::uint64_t limit = 0; // what all files may take of the disk
  };

  /// Goes on with what is in the folder, or makes it.
  explicit Shelf(Settings settings);

  struct Kept {
    std::string bytes;
    std::filesystem::file_time_type since;
  };
  [[nodiscard]] std::optional<Kept> find(const std::string& url) const;

  /// In place of what was there. Where there is no room, the oldest go. The error says what the disk did not
  /// do.
  [[nodiscard]] Result<void> keep(const std::string& url, std::string_view bytes);

 private:
  [[nodiscard]] std::string file_of(const std::string& url) const;
  void make_room();

  const Settings settings_;
  std::mutex mutex_;       // of those who write
  std::uint64_t size_ = 0; // of all files, under mutex_
};

} // namespace relevo::logos
