// SPDX-License-Identifier: LGPL-2.1-or-later
// The bytes of a document made into the UTF-8 that expat is given.
#pragma once

#include "xmltv/read.hpp"

#include <array>
#include <string>
#include <string_view>

namespace relevo::xmltv {

inline constexpr std::size_t kMaxDeclaration = 1 << 10; // bytes: the encoding is told in the first ones

/// What comes out holds nothing that XML forbids: control characters but for tabs and line ends are blanks,
/// and '&' is kAmpersand.
class Decoder {
 public:
  /// `first`: at least the first kMaxDeclaration bytes of the document, or all of it.
  Decoder(std::string_view first, const EncodingTable& find_table);

  /// Appends text; returns how many bytes were used. Those of a character that is not whole are left over
  /// unless they are the last.
  [[nodiscard]] std::size_t decode(std::string_view bytes, bool last, std::string& out);

  /// The name of the encoding that is needed to go on, because nobody knows it and the next bytes are no
  /// UTF-8;
  /// "" where all is well.
  [[nodiscard]] std::string_view missing() const { return stuck_ ? unknown_ : std::string_view(); }

 private:
  enum class Kind { Utf8, Utf16Little, Utf16Big, Table };

  void choose(std::string_view name, const EncodingTable& find_table);
  std::size_t decode_utf8(std::string_view bytes, bool last, std::string& out);
  std::size_t decode_utf16(std::string_view bytes, bool last, std::string& out) const;
  std::size_t decode_table(std::string_view bytes, std::string& out) const;

  Kind kind_ = Kind::Utf8;
  std::array<int, 256> table_{};
  std::string unknown_; // name of an encoding
  bool stuck_ = false;
};

} // namespace relevo::xmltv
