// SPDX-License-Identifier: LGPL-2.1-or-later
// Names of services.
#include "ts/service.hpp"

#include "ts/descriptors.hpp"

namespace relevo::ts {
namespace {

/// The size of the UTF-8 character that begins here; 0 where none does.
[[nodiscard]] std::size_t utf8_size(Bytes text) noexcept {
  const unsigned first = load_u8(text.data());
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xc2 ? 0
                           : first < 0xe0 ? 2
                           : first < 0xf0 ? 3
                           : first < 0xf5 ? 4
                                          : 0;
  if (size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((load_u8(&text[i]) & 0xc0) != 0x80) return 0;
  const unsigned second = size > 1 ? load_u8(&text[1]) : 0;
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool outside = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
  return overlong || outside ? 0 : size;
}

[[nodiscard]] bool is_utf8(Bytes text) noexcept {
  while (!text.empty()) {
    const std::size_t size = utf8_size(text);
    if (size == 0) return false;
    text = text.subspan(size);
  }
  return true;
}

/// The bytes that name the character table: one, three for 0x10, two for 0x1f.
[[nodiscard]] std::size_t table_prefix(Bytes text) noexcept {
  const unsigned first = text.empty() ? 0x20 : load_u8(text.data());
  const std::size_t size = first >= 0x20 ? 0 : first == 0x10 ? 3 : first == 0x1f ? 2 : 1;
  return size <= text.size() ? size : text.size();
}

} // namespace

std::string decode_text(Bytes text) {
  text = text.subspan(table_prefix(text));
  const bool utf8 = is_utf8(text);
  std::string out;
  for (const std::byte byte : text) {
    const auto value = std::to_integer<unsigned char>(byte);
    if (value < 0x20 || value == 0x7f) continue;
    if (utf8 || value < 0x80) {
      out += static_cast<char>(value);
    } else if (value >= 0xa0) {
      out += static_cast<char>(0xc0 | value >> 6);
      out += static_cast<char>(0x80 | (value & 0x3f));
    }
  }
  return out;
}

std::optional<ServiceName> service_name_of(Bytes loop) {
  constexpr std::uint8_t kServiceDescriptor = 0x48;
  const auto body = find_descriptor(loop, kServiceDescriptor);
  if (!body || body->size() < 3) return std::nullopt;
  const std::size_t provider = load_u8(&(*body)[1]);
  if (3 + provider > body->size()) return std::nullopt;
  const std::size_t name = load_u8(&(*body)[2 + provider]);
  if (3 + provider + name > body->size()) return std::nullopt;
  return ServiceName{.type = load_u8(body->data()),
                     .provider = decode_text(body->subspan(2, provider)),
                     .name = decode_text(body->subspan(3 + provider, name))};
}

} // namespace relevo::ts
