// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/device.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "hdhr/messages.hpp"

#include <algorithm>

namespace relevo::tuner {
namespace {

std::uint64_t hash_of(std::string_view installation, std::string_view key, std::string_view purpose) {
  return Hash().add(installation).add(key).add(purpose).value();
}

std::string write_hex(std::uint64_t value) {
  std::string text;
  for (unsigned shift = 64; shift > 0; shift -= 4)
    text += "0123456789abcdef"[value >> (shift - 4) & 0xf];
  return text;
}

/// Of a kind that everybody makes up as he likes (RFC 9562, version 8).
std::string make_uuid(std::uint64_t high, std::uint64_t low) {
  auto digits = write_hex(high) + write_hex(low);
  digits[12] = '8';
  digits[16] = "89ab"[low >> 62];
  for (const std::size_t dash : {20U, 16U, 12U, 8U})
    digits.insert(dash, 1, '-');
  return digits;
}

std::string make_auth(std::uint64_t a, std::uint64_t b) {
  return (write_hex(a) + write_hex(b)).substr(0, hdhr::kAuthSize);
}

} // namespace

Device make_device(std::string_view installation, std::int64_t profile, const std::string& name,
                   std::size_t part) {
  const auto key = concat(profile, '/', part);
  const auto hash = [&](std::string_view purpose) { return hash_of(installation, key, purpose); };
  Device device;
  device.id = hdhr::make_device_id(hash("id"));
  device.uuid = make_uuid(hash("uuid"), hash("more of uuid"));
  device.auth = make_auth(hash("auth"), hash("more of auth"));
  device.name = name.empty() ? "Relevo" : concat("Relevo ", name);
  if (part > 0) device.name += concat(" (", part + 1, ")");
  device.profile = name;
  device.part = part;
  return device;
}

std::size_t parts_of(std::size_t stations) noexcept {
  return std::max<std::size_t>((stations + kMostStations - 1) / kMostStations, 1);
}

} // namespace relevo::tuner
