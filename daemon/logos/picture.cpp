// SPDX-License-Identifier: LGPL-2.1-or-later
// Magic numbers, and what may stand in front of the element that makes a document SVG.
#include "logos/picture.hpp"

#include "base/text.hpp"
#include "gx/handle.hpp"

#include <algorithm>
#include <glib.h>
#include <utility>

namespace relevo::logos {
namespace {

using namespace std::string_view_literals;

/// What is behind `end`, or nothing.
std::string_view after(std::string_view text, std::string_view end) noexcept {
  const auto at = text.find(end);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + end.size());
}

/// A document type may declare entities, between brackets.
std::string_view after_doctype(std::string_view text) noexcept {
  const auto bracket = text.find_first_of("[>");
  if (bracket != std::string_view::npos && text[bracket] == '[') text = after(text, "]");
  return after(text, ">");
}

bool is_svg(std::string_view text) noexcept {
  constexpr auto kByteOrderMark = "\xEF\xBB\xBF"sv;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (text = trim(text); !text.empty(); text = trim(text)) {
    if (text.starts_with("<?"))
      text = after(text, "?>");
    else if (text.starts_with("<!--"))
      text = after(text, "-->");
    else if (starts_with_nocase(text, "<!doctype svg"))
      text = after_doctype(text);
    else
      break;
  }
  constexpr auto kElement = "<svg"sv;
  return text.starts_with(kElement) && text.size() > kElement.size() &&
         " \t\r\n/>"sv.find(text[kElement.size()]) != std::string_view::npos;
}

std::optional<Kind> find_kind(std::string_view bytes) noexcept {
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return Kind::Png;
  if (bytes.starts_with("\xFF\xD8\xFF"sv)) return Kind::Jpeg;
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return Kind::Gif;
  constexpr std::size_t kForm = 8; // behind "RIFF" and a size
  if (bytes.starts_with("RIFF"sv) && bytes.substr(std::min(kForm, bytes.size())).starts_with("WEBP"sv))
    return Kind::WebP;
  if (is_svg(bytes)) return Kind::Svg;
  return std::nullopt;
}

} // namespace

std::optional<Picture> read_picture(std::string bytes) {
  const auto kind = find_kind(bytes);
  if (!kind) return std::nullopt;
  return Picture{*kind, std::move(bytes)};
}

std::string_view content_type_of(Kind kind) noexcept {
  switch (kind) {
  case Kind::Png: return "image/png";
  case Kind::Jpeg: return "image/jpeg";
  case Kind::Gif: return "image/gif";
  case Kind::WebP: return "image/webp";
  case Kind::Svg: break;
  }
  return "image/svg+xml";
}

std::string digest_of(const Picture& picture) {
  return gx::CString(g_compute_checksum_for_string(G_CHECKSUM_SHA256, picture.bytes.data(),
                                                   static_cast<gssize>(picture.bytes.size())))
      .get();
}

} // namespace relevo::logos
