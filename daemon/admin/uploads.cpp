// SPDX-License-Identifier: LGPL-2.1-or-later
#include "uploads.hpp"

#include "base/text.hpp"
#include "store/accounts.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <unistd.h>

namespace relevo::admin {
namespace {

[[noreturn]] void throw_errno(const std::string& file) {
  throw std::runtime_error(concat(file, ": ", std::strerror(errno)));
}

void write_all(int target, const char* data, std::size_t size, const std::string& name) {
  while (size > 0) {
    const auto written = ::write(target, data, size);
    if (written < 0) throw_errno(name);
    data += written;
    size -= static_cast<std::size_t>(written);
  }
}

void copy(const gx::Descriptor& from, const std::string& name) {
  const gx::Descriptor target(::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (target.get() < 0) throw_errno(name);
  std::array<char, 64 << 10> block{};
  for (;;) {
    const auto size = ::read(from.get(), block.data(), block.size());
    if (size < 0) throw_errno("what was uploaded");
    if (size == 0) break;
    write_all(target.get(), block.data(), static_cast<std::size_t>(size), name);
  }
  if (::fsync(target.get()) != 0) throw_errno(name);
}

} // namespace

std::string keep_upload(const std::string& folder, model::AccountId account, const gx::Descriptor& file) {
  static std::mutex one_at_a_time; // two for an account would write into the same part
  const std::lock_guard lock(one_at_a_time);
  const auto name = concat(folder, "/", account.value), part = name + ".part";
  std::filesystem::create_directories(folder);
  try {
    copy(file, part);
    std::filesystem::rename(part, name);
  } catch (...) {
    std::error_code ignored; // the first error is the one that is told
    std::filesystem::remove(part, ignored);
    throw;
  }
  return name;
}

void sweep_uploads(const std::string& folder, sqlite::Database& database) {
  std::error_code ignored; // there may be no folder yet, and what stays is swept the next time
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const auto id = parse_number<std::int64_t>(entry.path().stem().string());
    if (!id || !store::find_account(database, model::AccountId{*id}))
      std::filesystem::remove(entry.path(), ignored);
  }
}

} // namespace relevo::admin
