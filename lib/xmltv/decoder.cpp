// SPDX-License-Identifier: LGPL-2.1-or-later
// The encoding is what the bytes show, then what the document claims, as far as the bytes permit it.
#include "decoder.hpp"

#include "base/encoding.hpp"
#include "base/text.hpp"
#include "text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>

namespace relevo::xmltv {
namespace {

using namespace std::string_view_literals;

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// Bytes that stand for no character are taken as Windows-1252 in these, whatever they are called.
constexpr std::string_view kUnicodeNames[] = {"",        "utf8",    "utf16", "utf16le", "utf16be",
                                              "unicode", "usascii", "ascii", "ucs2"};
/// Of which Windows-1252 is a superset, and which it is mistaken for.
constexpr std::string_view kLatinNames[] = {"iso88591", "latin1", "windows1252", "cp1252"};

std::string normalise(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '-' && c != '_' && c != ' ') out += to_lower(c);
  return out;
}

/// As the XML declaration names it; "" where it does not.
std::string_view declared_encoding(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (!text.starts_with("<?xml")) return {};
  text = text.substr(0, text.find("?>"));
  const auto at = text.find("encoding");
  if (at == npos) return {};
  text = trim(text.substr(at + "encoding"sv.size()));
  if (!text.starts_with('=')) return {};
  text = trim(text.substr(1));
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) return {};
  const auto end = text.find(text.front(), 1);
  return end == npos ? std::string_view() : text.substr(1, end - 1);
}

/// Not the two that XML forbids.
void append_character(std::string& out, char32_t c) {
  append_utf8(out, c == 0xfffe || c == 0xffff ? 0xfffd : c);
}

bool is_ascii(const char* eight_bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, eight_bytes, sizeof word);
  return (word & 0x8080808080808080U) == 0;
}

/// How far `text` is UTF-8 that XML permits.
std::size_t utf8_run(std::string_view text) {
  std::size_t at = 0;
  while (at != text.size()) {
    if (at + 8 <= text.size() && is_ascii(text.data() + at)) {
      at += 8;
      continue;
    }
    const auto length = utf8_length(text.substr(at));
    if (length == 0) break;
    const auto character = text.substr(at, length);
    if (character == "\xef\xbf\xbe"sv || character == "\xef\xbf\xbf"sv) break;
    at += length;
  }
  return at;
}

/// Without a branch for each byte, so that compilers can take many at a time.
void mask(std::string& text, std::size_t begin) {
  for (char& c : std::span(text).subspan(begin)) {
    const bool control = static_cast<std::uint8_t>(c) < ' ' || c == kAmpersand;
    const bool kept = c == '\t' || c == '\n' || c == '\r';
    const char other = c == '&' ? kAmpersand : c;
    c = control && !kept ? ' ' : other;
  }
}

} // namespace

Decoder::Decoder(std::string_view first, const EncodingTable& find_table) {
  if (first.starts_with(kByteOrderMark)) return;
  const auto start = first.substr(0, 2);
  if (start == "\xff\xfe"sv || start == "<\0"sv)
    kind_ = Kind::Utf16Little;
  else if (start == "\xfe\xff"sv || start == "\0<"sv)
    kind_ = Kind::Utf16Big;
  else
    choose(declared_encoding(first.substr(0, kMaxDeclaration)), find_table);
}

void Decoder::choose(std::string_view name, const EncodingTable& find_table) {
  const auto normal = normalise(name);
  if (std::ranges::find(kUnicodeNames, normal) != std::end(kUnicodeNames)) return;
  if (std::ranges::find(kLatinNames, normal) != std::end(kLatinNames)) {
    kind_ = Kind::Table;
    for (unsigned byte = 0; byte != table_.size(); ++byte)
      table_[byte] = static_cast<int>(from_windows_1252(static_cast<std::uint8_t>(byte)));
  } else if (const auto table = find_table ? find_table(name) : std::nullopt) {
    kind_ = Kind::Table;
    table_ = *table;
  } else {
    unknown_ = name;
  }
}

std::size_t Decoder::decode(std::string_view bytes, bool last, std::string& out) {
  const auto begin = out.size();
  std::size_t used = 0;
  switch (kind_) {
  case Kind::Utf8: used = decode_utf8(bytes, last, out); break;
  case Kind::Utf16Little:
  case Kind::Utf16Big: used = decode_utf16(bytes, last, out); break;
  case Kind::Table: used = decode_table(bytes, out); break;
  }
  mask(out, begin);
  return used;
}

std::size_t Decoder::decode_utf8(std::string_view bytes, bool last, std::string& out) {
  constexpr std::size_t kLongest = 4; // with so many bytes, what is no character will not become one
  std::size_t at = 0;
  while (true) {
    const auto run = utf8_run(bytes.substr(at));
    out += bytes.substr(at, run);
    at += run;
    const auto rest = bytes.substr(at);
    if (rest.empty() || (rest.size() < kLongest && !last)) return at;
    const auto length = utf8_length(rest);
    stuck_ = length == 0 && !unknown_.empty();
    if (stuck_) return at;
    append_character(out, length == 0 ? from_windows_1252(static_cast<std::uint8_t>(rest.front())) : 0xfffd);
    at += std::max<std::size_t>(length, 1);
  }
}

std::size_t Decoder::decode_utf16(std::string_view bytes, bool last, std::string& out) const {
  const std::size_t high = kind_ == Kind::Utf16Big ? 0 : 1;
  const auto unit = [&](std::size_t at) {
    return static_cast<char32_t>(static_cast<std::uint8_t>(bytes[at + high]) << 8 |
                                 static_cast<std::uint8_t>(bytes[at + 1 - high]));
  };
  const auto is_half = [](char32_t c, char32_t first) { return c >= first && c < first + 0x400; };
  std::size_t at = 0;
  while (at + 2 <= bytes.size()) {
    auto c = unit(at);
    if (is_half(c, 0xd800)) {
      const bool whole = at + 4 <= bytes.size();
      if (!whole && !last) return at;
      if (whole && is_half(unit(at + 2), 0xdc00)) {
        c = 0x10000 + ((c - 0xd800) << 10) + (unit(at + 2) - 0xdc00);
        at += 2;
      }
    }
    append_character(out, c);
    at += 2;
  }
  return last ? bytes.size() : at;
}

std::size_t Decoder::decode_table(std::string_view bytes, std::string& out) const {
  for (const char byte : bytes) {
    const int c = table_[static_cast<std::uint8_t>(byte)];
    append_character(out, c < 0 ? 0xfffd : static_cast<char32_t>(c));
  }
  return bytes.size();
}

} // namespace relevo::xmltv
