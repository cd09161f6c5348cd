// SPDX-License-Identifier: LGPL-2.1-or-later
// Written under another name, then renamed.
#include "folder.hpp"

#include "base/bytes.hpp"
#include "base/text.hpp"
#include "gstx/buffer_map.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/uio.h>
#include <unistd.h>

namespace relevo::hlsrestream {
namespace {

constexpr std::string_view kBefore = ".", kAfter = ".tmp";

MaybeFailure failure(std::string_view call, const std::filesystem::path& file) {
  const int code = errno;
  return FileFailure{concat(call, ' ', file.string()), code};
}

/// A file that is gone unless it was given its final name.
class NewFile {
 public:
  NewFile(const std::filesystem::path& folder, const std::string& name)
      : name_(folder / name), temporary_(folder / concat(kBefore, name, kAfter)) {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (fd_ >= 0) ::close(fd_);
    if (opened_) ::unlink(temporary_.c_str());
  }

  [[nodiscard]] MaybeFailure open() {
    fd_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    opened_ = fd_ >= 0;
    return opened_ ? std::nullopt : failure("open", temporary_);
  }

  /// All of it. Uses up the vectors.
  [[nodiscard]] MaybeFailure write(std::span<iovec> vectors) {
    while (!vectors.empty()) {
      const ssize_t written = ::writev(fd_, vectors.data(), static_cast<int>(vectors.size()));
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return failure("write", temporary_);
      auto left = static_cast<std::size_t>(written);
      while (!vectors.empty() && left >= vectors.front().iov_len) {
        left -= vectors.front().iov_len;
        vectors = vectors.subspan(1);
      }
      if (vectors.empty()) break;
      vectors.front().iov_base = static_cast<std::byte*>(vectors.front().iov_base) + left;
      vectors.front().iov_len -= left;
    }
    return std::nullopt;
  }

  [[nodiscard]] MaybeFailure finish() {
    if (::close(std::exchange(fd_, -1)) != 0) return failure("close", temporary_);
    if (::rename(temporary_.c_str(), name_.c_str()) != 0) return failure("rename", temporary_);
    opened_ = false;
    return std::nullopt;
  }

 private:
  std::filesystem::path name_, temporary_;
  int fd_ = -1;
  bool opened_ = false;
};

iovec vector_of(Bytes bytes) {
  return {const_cast<std::byte*>(bytes.data()), bytes.size()}; // writev only reads
}

/// Up to so many buffers in one call.
constexpr std::size_t kBatch = 64;

MaybeFailure write_batch(NewFile& file, GstBufferList* bytes, guint first, guint end) {
  std::array<std::optional<gstx::ReadMap>, kBatch> maps;
  std::array<iovec, kBatch> vectors;
  for (guint i = first; i < end; ++i) {
    const auto& map = maps[i - first].emplace(gst_buffer_list_get(bytes, i));
    if (!map) return FileFailure{"map of a buffer", EIO};
    vectors[i - first] = vector_of(map.bytes());
  }
  return file.write(std::span(vectors).first(end - first));
}

} // namespace

MaybeFailure Folder::write(const std::string& name, GstBufferList* bytes) const {
  NewFile file(path_, name);
  if (auto failed = file.open()) return failed;
  const guint count = gst_buffer_list_length(bytes);
  for (guint first = 0; first < count; first += kBatch)
    if (auto failed = write_batch(file, bytes, first, std::min<guint>(count, first + kBatch))) return failed;
  return file.finish();
}

MaybeFailure Folder::write(const std::string& name, std::string_view text) const {
  NewFile file(path_, name);
  if (auto failed = file.open()) return failed;
  iovec all = vector_of(as_bytes(text));
  if (auto failed = file.write({&all, 1})) return failed;
  return file.finish();
}

MaybeFailure Folder::remove(const std::string& name) const {
  const auto file = path_ / name;
  if (::unlink(file.c_str()) == 0 || errno == ENOENT) return std::nullopt;
  return failure("unlink", file);
}

bool Folder::holds(const std::string& name) const {
  std::error_code error;
  return std::filesystem::is_regular_file(path_ / name, error);
}

bool Folder::is_folder(const std::string& name) const {
  std::error_code error;
  return std::filesystem::is_directory(path_ / name, error);
}

std::chrono::seconds Folder::age_of(const std::string& name) const {
  std::error_code error;
  const auto written = std::filesystem::last_write_time(path_ / name, error);
  if (error) return {};
  const auto age = std::filesystem::file_time_type::clock::now() - written;
  return std::max(std::chrono::floor<std::chrono::seconds>(age), std::chrono::seconds::zero());
}

std::optional<std::string> Folder::read(const std::string& name, std::size_t most) const {
  std::error_code error;
  const auto size = std::filesystem::file_size(path_ / name, error);
  if (error || size > most) return std::nullopt;
  std::ifstream file(path_ / name, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(path_, error), end; !error && entry != end;
       entry.increment(error))
    names.push_back(entry->path().filename().string());
  return names;
}

bool Folder::is_unfinished(const std::string& name) {
  return name.starts_with(kBefore) && name.ends_with(kAfter);
}

} // namespace relevo::hlsrestream
