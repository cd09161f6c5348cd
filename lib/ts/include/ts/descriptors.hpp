// SPDX-License-Identifier: LGPL-2.1-or-later
// Descriptor loops of PSI tables: walking them, and reading the few descriptors that a programme is told by.
#pragma once

#include "base/bytes.hpp"

#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

namespace relevo::ts {

namespace descriptor_tag {
inline constexpr std::uint8_t kRegistration = 0x05;
inline constexpr std::uint8_t kLanguage = 0x0a;
inline constexpr std::uint8_t kMetadataPointer = 0x25;
inline constexpr std::uint8_t kMetadata = 0x26;
inline constexpr std::uint8_t kVbiData = 0x45;
inline constexpr std::uint8_t kVbiTeletext = 0x46;
inline constexpr std::uint8_t kStreamIdentifier = 0x52;
inline constexpr std::uint8_t kTeletext = 0x56;
inline constexpr std::uint8_t kSubtitling = 0x59;
inline constexpr std::uint8_t kAc3 = 0x6a;
inline constexpr std::uint8_t kEac3 = 0x7a;
inline constexpr std::uint8_t kDts = 0x7b;
inline constexpr std::uint8_t kAac = 0x7c;
inline constexpr std::uint8_t kExtension = 0x7f; // its first body byte is a tag of a second table
} // namespace descriptor_tag

[[nodiscard]] constexpr std::uint32_t fourcc(const char (&text)[5]) noexcept {
  std::uint32_t id = 0;
  for (int i = 0; i < 4; ++i)
    id = id << 8 | static_cast<std::uint8_t>(text[i]);
  return id;
}

struct Descriptor {
  std::uint8_t tag = 0;
  Bytes body;
};

/// A range over a descriptor loop, borrowed. It ends at the end of the bytes, or at the first descriptor
/// whose length reaches past it.
class Descriptors {
 public:
  class Iterator {
   public:
    using value_type = Descriptor;
    using difference_type = std::ptrdiff_t;

    Iterator() noexcept = default;
    explicit Iterator(Bytes rest) noexcept : rest_(rest) { check(); }
    Descriptor operator*() const noexcept { return {load_u8(rest_.data()), rest_.subspan(2, length())}; }
    Iterator& operator++() noexcept {
      rest_ = rest_.subspan(2 + length());
      check();
      return *this;
    }
    void operator++(int) noexcept { ++*this; }
    bool operator==(std::default_sentinel_t) const noexcept { return rest_.empty(); }

   private:
    [[nodiscard]] std::size_t length() const noexcept { return load_u8(rest_.data() + 1); }
    void check() noexcept {
      if (rest_.size() < 2 || rest_.size() - 2 < length()) rest_ = {};
    }
    Bytes rest_;
  };

  explicit Descriptors(Bytes loop) noexcept : loop_(loop) {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(loop_); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  Bytes loop_;
};

/// The body of the first descriptor of this kind.
[[nodiscard]] std::optional<Bytes> find_descriptor(Bytes loop, std::uint8_t tag) noexcept;

using LanguageCode = std::array<char, 3>; // ISO 639-2, as it stands in the descriptor
[[nodiscard]] inline std::string_view text_of(const LanguageCode& code) noexcept {
  return {code.data(), 3};
}

enum class AudioType : std::uint8_t { Undefined, CleanEffects, HearingImpaired, VisuallyImpaired };

struct Language {
  static constexpr std::size_t kSize = 4;
  static Language read(const std::byte* p) noexcept;

  LanguageCode code{};
  AudioType type = AudioType::Undefined; // also where the descriptor has a reserved or private value
};

struct TeletextPage {
  static constexpr std::size_t kSize = 5;
  static TeletextPage read(const std::byte* p) noexcept;

  LanguageCode language{};
  std::uint8_t type =
      0; // EN 300 468, table 100: 1 initial page, 2 subtitle, 5 subtitle for the hearing impaired
  std::uint16_t page =
      0; // as viewers type it: 100 to 899 when its digits are decimal, which 888 is and 8ff is not
};

struct SubtitlingEntry {
  static constexpr std::size_t kSize = 8;
  static SubtitlingEntry read(const std::byte* p) noexcept;

  LanguageCode language{};
  std::uint8_t type =
      0; // component type, EN 300 468, table 26: 0x10 to 0x15 normal, 0x20 to 0x25 hard of hearing
  std::uint16_t composition_page = 0;
  std::uint16_t ancillary_page = 0;
};

/// A range over the fixed-size entries of a descriptor's body, borrowed; a rest that holds no whole entry is
/// left out.
template <class Entry>
class Entries {
 public:
  class Iterator {
   public:
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;

    Iterator() noexcept = default;
    explicit Iterator(Bytes rest) noexcept : rest_(rest) {}
    Entry operator*() const noexcept { return Entry::read(rest_.data()); }
    Iterator& operator++() noexcept {
      rest_ = rest_.subspan(Entry::kSize);
      return *this;
    }
    void operator++(int) noexcept { ++*this; }
    bool operator==(std::default_sentinel_t) const noexcept { return rest_.size() < Entry::kSize; }

   private:
    Bytes rest_;
  };

  explicit Entries(Bytes body) noexcept : body_(body) {}
  [[nodiscard]] Iterator begin() const noexcept { return Iterator(body_); }
  [[nodiscard]] std::default_sentinel_t end() const noexcept { return {}; }

 private:
  Bytes body_;
};

/// The format_identifier of the first registration descriptor, 0 without one.
[[nodiscard]] std::uint32_t registration_of(Bytes loop) noexcept;

/// The metadata_format_identifier of a metadata or metadata pointer descriptor, 0 where none has one.
[[nodiscard]] std::uint32_t metadata_format_of(Bytes loop) noexcept;

/// The component tag of the stream identifier descriptor.
[[nodiscard]] std::optional<std::uint8_t> component_tag_of(Bytes loop) noexcept;

/// The language of an elementary stream: the first that a language, teletext or subtitling descriptor gives.
[[nodiscard]] std::optional<Language> language_of(Bytes loop) noexcept;

} // namespace relevo::ts
