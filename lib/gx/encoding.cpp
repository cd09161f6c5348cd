// SPDX-License-Identifier: LGPL-2.1-or-later
// Tables made by asking iconv byte by byte.
#include "gx/encoding.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <glib.h>
#include <string>

namespace relevo::gx {
namespace {

constexpr const char* kCodePoints = G_BYTE_ORDER == G_LITTLE_ENDIAN ? "UTF-32LE" : "UTF-32BE";
constexpr int kNone = -1;
constexpr std::size_t kLongestName = 40;

class Converter {
 public:
  explicit Converter(const std::string& name) : iconv_(g_iconv_open(kCodePoints, name.c_str())) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (known()) g_iconv_close(iconv_);
  }

  [[nodiscard]] bool known() const noexcept {
    return iconv_ != reinterpret_cast<GIConv>(-1); // NOLINT: as GLib says it
  }

  /// Its code point, or kNone. Empty: it is no character by itself.
  [[nodiscard]] std::optional<int> convert(char byte) const {
    std::array<std::uint32_t, 4> points{};
    char* in = &byte;
    gsize in_left = 1;
    char* out = reinterpret_cast<char*>(points.data());
    gsize out_left = sizeof points;
    g_iconv(iconv_, nullptr, nullptr, nullptr, nullptr); // as at the beginning of a text
    const bool failed = g_iconv(iconv_, &in, &in_left, &out, &out_left) == static_cast<gsize>(-1);
    if (failed) return errno == EILSEQ ? std::optional(kNone) : std::nullopt;
    g_iconv(iconv_, nullptr, nullptr, &out, &out_left); // what waited for an accent behind it
    if (sizeof points - out_left != sizeof points[0]) return std::nullopt;
    return static_cast<int>(points[0]);
  }

 private:
  GIConv iconv_;
};

/// What else iconv would take may tell it how to convert, or where its tables are.
bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char c) {
    return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == ':';
  });
}

} // namespace

std::optional<std::array<int, 256>> find_encoding(std::string_view name) {
  if (!is_name(name)) return std::nullopt;
  const Converter converter{std::string(name)};
  if (!converter.known()) return std::nullopt;
  std::array<int, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    const auto point = converter.convert(static_cast<char>(byte));
    if (!point) return std::nullopt;
    table[byte] = *point;
  }
  return table;
}

} // namespace relevo::gx
