// SPDX-License-Identifier: LGPL-2.1-or-later
#include "logging/log_output.hpp"

#include "base/text.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace relevo::logging {
namespace {

/// As syslog counts.
char priority_of(LogLevel level) {
  switch (level) {
  case LogLevel::Error: return '3';
  case LogLevel::Warning: return '4';
  case LogLevel::Info: return '6';
  case LogLevel::Debug: break;
  }
  return '7';
}

/// "2026-11-27T20:15:02.123Z".
std::string write_moment(std::chrono::sys_time<std::chrono::milliseconds> at) {
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  const std::time_t time = second.time_since_epoch().count();
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  std::array<char, 24> text{};
  const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  const auto thousandths = std::to_string(1000 + (at - second).count()).substr(1);
  return concat(std::string_view(text.data(), size), '.', thousandths, 'Z');
}

struct Opened {
  gx::Descriptor file;
  std::uint64_t size;
};

/// Its lines may tell what others need not know.
Opened open_at_end(const std::string& file) {
  gx::Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
  struct stat facts {};
  if (descriptor.get() >= 0 && ::fstat(descriptor.get(), &facts) != 0) facts.st_size = 0;
  return {std::move(descriptor), static_cast<std::uint64_t>(facts.st_size)};
}

bool write_whole(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

} // namespace

bool journal_listens() {
  const char* stream = std::getenv("JOURNAL_STREAM"); // "device:inode"
  struct stat facts {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &facts) != 0) return false;
  return concat(facts.st_dev, ':', facts.st_ino) == stream;
}

std::string write_plain(LogLevel level, std::string_view text, bool for_journal) {
  if (for_journal) return concat('<', priority_of(level), '>', text);
  return concat("relevod: ", name_of(level), ": ", text);
}

Result<LogFile> LogFile::open(LogFileSettings settings) {
  auto [file, size] = open_at_end(settings.file);
  if (file.get() < 0) return fail(concat("cannot write ", settings.file, ": ", std::strerror(errno)));
  return LogFile(std::move(settings), std::move(file), size);
}

bool LogFile::write(const LogLine& line) {
  const auto text = concat(write_moment(line.at), ' ', name_of(line.level), ": ", line.text, '\n');
  if (size_ > 0 && size_ + text.size() > settings_.size) rotate();
  size_ += text.size();
  return write_whole(file_.get(), text);
}

/// FILE becomes FILE.1, that FILE.2, and so on. Where that fails the file grows on: better long than lost.
void LogFile::rotate() {
  const auto numbered = [this](unsigned number) { return concat(settings_.file, '.', number); };
  std::error_code error;
  for (unsigned number = settings_.keep; number > 1; --number)
    std::filesystem::rename(numbered(number - 1), numbered(number), error);
  if (settings_.keep > 0)
    std::filesystem::rename(settings_.file, numbered(1), error);
  else
    std::filesystem::remove(settings_.file, error);
  auto [file, size] = open_at_end(settings_.file);
  if (file.get() < 0) return;
  file_ = std::move(file);
  size_ = size;
}

} // namespace relevo::logging
