// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/device_tokens.hpp"

#include <algorithm>

namespace relevo::access {

void DeviceTokens::add(const std::string& token, const std::string& device, Moment now) {
  make_room(device, now);
  tokens_[token] = {device, now};
}

std::optional<std::string> DeviceTokens::use(const std::string& token, Moment now) {
  const auto found = tokens_.find(token);
  if (found == tokens_.end()) return std::nullopt;
  if (now - found->second.used > settings_.idle) {
    tokens_.erase(found);
    return std::nullopt;
  }
  found->second.used = now;
  return found->second.device;
}

void DeviceTokens::make_room(const std::string& device, Moment now) {
  std::erase_if(tokens_, [&](const auto& one) { return now - one.second.used > settings_.idle; });
  const auto older = [](const auto& a, const auto& b) { return a.second.used < b.second.used; };
  const auto of_it = [&device](const auto& one) { return one.second.device == device; };
  if (static_cast<std::size_t>(std::ranges::count_if(tokens_, of_it)) >= settings_.each) {
    const auto oldest = std::ranges::min_element(
        tokens_, [&](const auto& a, const auto& b) { return of_it(a) != of_it(b) ? of_it(a) : older(a, b); });
    tokens_.erase(oldest);
  } else if (tokens_.size() >= settings_.most) {
    tokens_.erase(std::ranges::min_element(tokens_, older));
  }
}

} // namespace relevo::access
