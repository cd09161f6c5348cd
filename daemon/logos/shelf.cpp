// SPDX-License-Identifier: LGPL-2.1-or-later
#include "logos/shelf.hpp"

#include "base/text.hpp"
#include "gx/handle.hpp"

#include <algorithm>
#include <fstream>
#include <glib.h>
#include <iterator>
#include <utility>
#include <vector>

namespace relevo::logos {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBlock = 4096; // which a file takes of the disk, however small

std::uint64_t room_for(std::uint64_t bytes) noexcept {
  return (bytes / kBlock + 1) * kBlock;
}

/// 0: there is no such file.
std::uint64_t room_of(const fs::path& file) {
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  return error ? 0 : room_for(bytes);
}

struct File {
  fs::path path;
  fs::file_time_type since;
  std::uint64_t room;
};

std::vector<File> files_in(const std::string& folder) {
  std::vector<File> files;
  std::error_code error;
  for (fs::directory_iterator one(folder, error), end; !error && one != end; one.increment(error)) {
    std::error_code gone;
    const auto since = fs::last_write_time(one->path(), gone);
    if (!gone) files.push_back({one->path(), since, room_of(one->path())});
  }
  return files;
}

std::uint64_t room_of(const std::vector<File>& files) {
  std::uint64_t sum = 0;
  for (const auto& file : files)
    sum += file.room;
  return sum;
}

} // namespace

Shelf::Shelf(Settings settings) : settings_(std::move(settings)) {
  std::error_code error; // keep() tells of it
  fs::create_directories(settings_.folder, error);
  size_ = room_of(files_in(settings_.folder));
}

std::string Shelf::file_of(const std::string& url) const {
  const gx::CString name(g_compute_checksum_for_string(G_CHECKSUM_SHA256, url.c_str(), -1));
  return concat(settings_.folder, '/', name.get());
}

std::optional<Shelf::Kept> Shelf::find(const std::string& url) const {
  const auto file = file_of(url);
  std::error_code error;
  const auto since = fs::last_write_time(file, error);
  std::ifstream in(file, std::ios::binary);
  if (error || !in) return std::nullopt;
  return Kept{{std::istreambuf_iterator<char>(in), {}}, since};
}

Result<void> Shelf::keep(const std::string& url, std::string_view bytes) {
  const auto file = file_of(url);
  const auto part = concat(settings_.temporary, "/logo-", fs::path(file).filename().string());
  const std::lock_guard lock(mutex_);
  std::ofstream out(part, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  const auto before = room_of(file);
  std::error_code error;
  if (out) fs::rename(part, file, error);
  if (!out || error) {
    std::error_code ignored;
    fs::remove(part, ignored);
    return fail(concat("cannot write ", out ? file : part));
  }
  size_ += room_for(bytes.size()) - before;
  if (size_ > settings_.limit) make_room();
  return {};
}

/// More than is needed, so that not every new one looks through all.
void Shelf::make_room() {
  auto files = files_in(settings_.folder);
  std::ranges::sort(files, {}, &File::since);
  size_ = room_of(files); // as it is, whoever tidied up in the folder
  const auto wanted = settings_.limit - settings_.limit / 8;
  for (const auto& file : files) {
    if (size_ <= wanted) break;
    std::error_code error;
    if (fs::remove(file.path, error)) size_ -= file.room;
  }
}

} // namespace relevo::logos
