// SPDX-License-Identifier: LGPL-2.1-or-later
// DeviceTokens: what boxes show after they have shown their MAC once.
#pragma once

#include "access/throttle.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace relevo::access {

/// A token ends when nobody has used it for long, and when there are too many: of one box, or of all. Then
/// the one that was not used for the longest time goes. Time only goes on.
class DeviceTokens {
 public:
  struct Settings {
    std::chrono::seconds idle = std::chrono::hours(24);
    std::size_t each = 4; // of one box: some ask for a new one with each question
    std::size_t most = 10'000;
  };
  DeviceTokens() = default;
  explicit DeviceTokens(Settings settings) : settings_(settings) {}

  /// `token`: what it is kept under. `device`: likewise.
  void add(const std::string& token, const std::string& device, Moment now);
  /// The box whose it is; empty where it is nobody's.
  [[nodiscard]] std::optional<std::string> use(const std::string& token, Moment now);
  void erase(const std::string& token) { tokens_.erase(token); }

  [[nodiscard]] std::size_t size() const noexcept { return tokens_.size(); }

 private:
  struct Token {
    std::string device;
    Moment used;
  };

  void make_room(const std::string& device, Moment now);

  Settings settings_{};
  std::unordered_map<std::string, Token> tokens_;
};

} // namespace relevo::access
