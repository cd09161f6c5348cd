// SPDX-License-Identifier: LGPL-2.1-or-later
// RFC 3986, section 5: a reference taken apart, its path put behind the base's, and put together again.
#include "uri/resolve.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace relevo::uri {
namespace {

constexpr auto npos = std::string_view::npos;

/// The five components; empty where the delimiter that announces one is missing.
struct Components {
  std::optional<std::string_view> scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_scheme(std::string_view text) {
  const auto allowed = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), allowed);
}

/// Cuts `text` at the first `delimiter` and returns what stood behind it.
std::optional<std::string_view> cut_off(std::string_view& text, char delimiter) {
  const auto at = text.find(delimiter);
  if (at == npos) return std::nullopt;
  const auto tail = text.substr(at + 1);
  text = text.substr(0, at);
  return tail;
}

Components take_apart(std::string_view text) {
  Components parts;
  parts.fragment = cut_off(text, '#');
  parts.query = cut_off(text, '?');
  if (const auto colon = text.find(':'); colon != npos && is_scheme(text.substr(0, colon))) {
    parts.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (text.substr(0, 2) == "//") {
    text.remove_prefix(2);
    const auto end = std::min(text.find('/'), text.size());
    parts.authority = text.substr(0, end);
    text.remove_prefix(end);
  }
  parts.path = text;
  return parts;
}

/// Section 5.2.4.
std::string remove_dot_segments(std::string_view in) {
  std::string out;
  while (!in.empty()) {
    if (in.substr(0, 3) == "../") {
      in.remove_prefix(3);
    } else if (in.substr(0, 2) == "./" || in.substr(0, 3) == "/./") {
      in.remove_prefix(2);
    } else if (in == "/.") {
      in = "/";
    } else if (in.substr(0, 4) == "/../" || in == "/..") {
      in = in.size() > 3 ? in.substr(3) : "/";
      const auto slash = out.rfind('/');
      out.erase(slash == npos ? 0 : slash);
    } else if (in == "." || in == "..") {
      break;
    } else {
      const auto end = std::min(in.find('/', 1), in.size());
      out += in.substr(0, end);
      in.remove_prefix(end);
    }
  }
  return out;
}

/// Section 5.2.3.
std::string merge(const Components& base, std::string_view path) {
  if (base.authority && base.path.empty()) return concat('/', path);
  const auto slash = base.path.rfind('/');
  const auto folder = slash == npos ? std::string_view{} : base.path.substr(0, slash + 1);
  return std::string(folder) + std::string(path);
}

/// Section 5.3.
std::string put_together(const Components& parts, std::string_view path) {
  std::string out;
  if (parts.scheme) (out += *parts.scheme) += ':';
  if (parts.authority) (out += "//") += *parts.authority;
  out += path;
  if (parts.query) (out += '?') += *parts.query;
  if (parts.fragment) (out += '#') += *parts.fragment;
  return out;
}

} // namespace

std::string resolve_reference(std::string_view base_text, std::string_view reference) {
  const Components base = take_apart(base_text);
  Components target = take_apart(reference);
  if (target.scheme) return put_together(target, remove_dot_segments(target.path));
  target.scheme = base.scheme;
  if (target.authority) return put_together(target, remove_dot_segments(target.path));
  target.authority = base.authority;
  if (target.path.empty()) {
    if (!target.query) target.query = base.query;
    return put_together(target, base.path);
  }
  if (target.path.front() == '/') return put_together(target, remove_dot_segments(target.path));
  return put_together(target, remove_dot_segments(merge(base, target.path)));
}

} // namespace relevo::uri
