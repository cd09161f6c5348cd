// SPDX-License-Identifier: LGPL-2.1-or-later
// Files over the calls of the operating system.
#include "file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace relevo::tool {
namespace {

constexpr std::size_t kBlockSize = 188 * 1024; // whole packets of 188 bytes in whole pages

[[noreturn]] void fail(const std::string& name) {
  throw FileError(name + ": " + std::generic_category().message(errno));
}

[[nodiscard]] int open_file(const std::string& path, int flags) {
  int fd = -1;
  do {
    fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  } while (fd < 0 && errno == EINTR);
  if (fd < 0) fail(path);
  return fd;
}

} // namespace

InputFile::InputFile(std::string_view path)
    : name_(path == "-" ? "standard input" : path),
      fd_(path == "-" ? STDIN_FILENO : open_file(name_, O_RDONLY)),
      buffer_(kBlockSize) {}

InputFile::~InputFile() {
  if (fd_ != STDIN_FILENO) ::close(fd_);
}

MutableBytes InputFile::read() {
  ssize_t size = 0;
  do {
    size = ::read(fd_, buffer_.data(), buffer_.size());
  } while (size < 0 && errno == EINTR);
  if (size < 0) fail(name_);
  return {buffer_.data(), static_cast<std::size_t>(size)};
}

std::string InputFile::read_all() {
  std::string text;
  for (auto block = read(); !block.empty(); block = read())
    text += as_text(block);
  return text;
}

OutputFile::OutputFile(std::string_view path)
    : name_(path == "-" ? "standard output" : path),
      fd_(path == "-" ? STDOUT_FILENO : open_file(name_, O_WRONLY | O_CREAT | O_TRUNC)) {}

OutputFile::~OutputFile() {
  if (fd_ > STDOUT_FILENO) ::close(fd_);
}

void OutputFile::write(Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t size = ::write(fd_, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0 && errno == EPIPE) throw OutputClosed{};
    if (size < 0) fail(name_);
    bytes = bytes.subspan(static_cast<std::size_t>(size));
  }
}

void OutputFile::close() {
  const int fd = std::exchange(fd_, -1);
  if (fd >= 0 && ::close(fd) != 0) fail(name_);
}

} // namespace relevo::tool
