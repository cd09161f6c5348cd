// SPDX-License-Identifier: LGPL-2.1-or-later
// yescrypt of libxcrypt.
#include "access/password.hpp"

#include "access/secret.hpp"
#include "base/text.hpp"

#include <cerrno>
#include <crypt.h>
#include <memory>
#include <system_error>

namespace relevo::access {
namespace {

constexpr std::size_t kLongest = 256; // crypt() takes 512 bytes at most
constexpr const char* kYescrypt = "$y$";

[[noreturn]] void fail_crypt(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// "": it cannot be done.
std::string crypt_with(const std::string& password, const std::string& setting) {
  // 32 KiB, which is more than a thread's stack should give.
  const auto data = std::make_unique<crypt_data>();
  const char* hash = crypt_r(password.c_str(), setting.c_str(), data.get());
  return hash && hash[0] != '*' ? hash : "";
}

std::string make_setting() {
  std::string setting(CRYPT_GENSALT_OUTPUT_SIZE, '\0');
  // The cost that libxcrypt recommends, and salt from the system.
  if (!crypt_gensalt_rn(kYescrypt, 0, nullptr, 0, setting.data(), static_cast<int>(setting.size())))
    fail_crypt("no salt for a password");
  setting.resize(setting.find('\0'));
  return setting;
}

} // namespace

Result<void> check_password_form(std::string_view password) {
  if (password.size() < kShortestPassword)
    return fail(concat("a password has at least ", kShortestPassword, " characters"));
  if (password.size() > kLongest) return fail(concat("a password has at most ", kLongest, " bytes"));
  if (password.find('\0') != password.npos) return fail("a password has no zero byte");
  return {};
}

std::string hash_password(const std::string& password) {
  auto hash = crypt_with(password, make_setting());
  if (hash.empty()) fail_crypt("a password cannot be hashed");
  return hash;
}

bool is_password(const std::string& password, const std::string& hash) {
  static const std::string kNobody = hash_password(make_token());
  const auto& wanted = hash.empty() ? kNobody : hash;
  const bool possible = check_password_form(password).has_value();
  const auto made = crypt_with(possible ? password : std::string(kShortestPassword, ' '), wanted);
  return possible && !hash.empty() && same_secret(made, wanted);
}

} // namespace relevo::access
