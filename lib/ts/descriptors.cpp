// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading descriptors: languages, teletext pages, subtitling entries, registrations.
#include "ts/descriptors.hpp"

namespace relevo::ts {
namespace {

LanguageCode read_code(const std::byte* p) noexcept {
  return {static_cast<char>(p[0]), static_cast<char>(p[1]), static_cast<char>(p[2])};
}

// The format identifier of a metadata (pointer) descriptor stands behind an application format that has its
// own identifier where it is 0xffff, and behind the 0xff that says that there is one (ISO/IEC
// 13818-1, 2.6.58, 2.6.60).
std::uint32_t read_metadata_format(Bytes body) noexcept {
  if (body.size() < 2) return 0;
  const std::size_t at = load_be16(body.data()) == 0xffff ? 6 : 2;
  if (body.size() < at + 5 || load_u8(body.data() + at) != 0xff) return 0;
  return load_be32(body.data() + at + 1);
}

} // namespace

std::optional<Bytes> find_descriptor(Bytes loop, std::uint8_t tag) noexcept {
  for (const Descriptor d : Descriptors(loop)) {
    if (d.tag == tag) return d.body;
  }
  return std::nullopt;
}

Language Language::read(const std::byte* p) noexcept {
  const std::uint8_t type = load_u8(p + 3);
  return {read_code(p), type <= 3 ? AudioType{type} : AudioType::Undefined};
}

TeletextPage TeletextPage::read(const std::byte* p) noexcept {
  const unsigned magazine = load_u8(p + 3) & 7;
  const unsigned digits = load_u8(p + 4);
  const unsigned page = (magazine == 0 ? 8 : magazine) * 100 + (digits >> 4) * 10 + (digits & 15);
  return {read_code(p), static_cast<std::uint8_t>(load_u8(p + 3) >> 3), static_cast<std::uint16_t>(page)};
}

SubtitlingEntry SubtitlingEntry::read(const std::byte* p) noexcept {
  return {read_code(p), load_u8(p + 3), load_be16(p + 4), load_be16(p + 6)};
}

std::uint32_t registration_of(Bytes loop) noexcept {
  const auto body = find_descriptor(loop, descriptor_tag::kRegistration);
  return body && body->size() >= 4 ? load_be32(body->data()) : 0;
}

std::uint32_t metadata_format_of(Bytes loop) noexcept {
  for (const Descriptor d : Descriptors(loop)) {
    if (d.tag != descriptor_tag::kMetadata && d.tag != descriptor_tag::kMetadataPointer) continue;
    if (const std::uint32_t format = read_metadata_format(d.body); format != 0) return format;
  }
  return 0;
}

std::optional<std::uint8_t> component_tag_of(Bytes loop) noexcept {
  const auto body = find_descriptor(loop, descriptor_tag::kStreamIdentifier);
  if (!body || body->empty()) return std::nullopt;
  return load_u8(body->data());
}

std::optional<Language> language_of(Bytes loop) noexcept {
  for (const Descriptor d : Descriptors(loop)) {
    switch (d.tag) {
    case descriptor_tag::kLanguage:
      for (const Language entry : Entries<Language>(d.body))
        return entry;
      break;
    case descriptor_tag::kTeletext:
    case descriptor_tag::kVbiTeletext:
      for (const TeletextPage entry : Entries<TeletextPage>(d.body))
        return Language{entry.language};
      break;
    case descriptor_tag::kSubtitling:
      for (const SubtitlingEntry entry : Entries<SubtitlingEntry>(d.body))
        return Language{entry.language};
      break;
    default: break;
    }
  }
  return std::nullopt;
}

} // namespace relevo::ts
