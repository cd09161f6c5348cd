// SPDX-License-Identifier: LGPL-2.1-or-later
// Which attribute means what: each player has names of its own.
#include "m3u/entry.hpp"

#include "address.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <initializer_list>

namespace relevo::m3u {
namespace {

constexpr auto npos = std::string_view::npos;

std::string_view find_first(const Attributes& attributes, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (const auto value = find(attributes, name); !value.empty()) return value;
  return {};
}

template <class Use>
void split(std::string_view text, char separator, Use&& use) {
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (const auto part = trim(text.substr(0, end)); !part.empty()) use(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void add(std::vector<Header>& headers, std::string_view name, std::string_view value) {
  const auto same = [name](const Header& header) { return equal_nocase(header.name, name); };
  if (!value.empty() && std::ranges::none_of(headers, same))
    headers.push_back({std::string(name), std::string(value)});
}

void add_coded(std::vector<Header>& headers, std::string_view coded) {
  std::string text(coded);
  Attributes list;
  static_cast<void>(read_headers(text, list)); // the first ones, where there are too many
  for (const auto& [name, value] : list)
    add(headers, name, value);
}

} // namespace

std::string_view find(const Attributes& attributes, std::string_view name) noexcept {
  const auto named = [name](const Attribute& attribute) { return equal_nocase(attribute.name, name); };
  const auto found = std::ranges::find_if(attributes, named);
  return found == attributes.end() ? std::string_view{} : found->value;
}

std::string_view find_option(const Entry& entry, std::string_view tag, std::string_view name) noexcept {
  for (const auto& [tag_name, text] : entry.tags) {
    const auto equals = text.find('=');
    if (equals == npos || !equal_nocase(tag_name, tag)) continue;
    if (equal_nocase(trim(text.substr(0, equals)), name)) return trim(text.substr(equals + 1));
  }
  return {};
}

std::string_view tvg_id(const Entry& entry) noexcept {
  return find(entry.attributes, "tvg-id");
}

std::string_view logo(const Entry& entry) noexcept {
  return find_first(entry.attributes, {"tvg-logo", "logo"});
}

int archive_days(const Entry& entry) noexcept {
  constexpr int kMost = 365;
  for (const std::string_view name : {"catchup-days", "timeshift", "tvg-rec", "tv_archive_duration"})
    if (const auto days = parse_number<int>(find(entry.attributes, name)); days && *days > 0)
      return std::min(*days, kMost);
  return 0;
}

std::string_view channel_number(const Entry& entry) noexcept {
  return find_first(entry.attributes, {"tvg-chno", "ch-number", "channel-number", "tvh-chnum"});
}

std::vector<std::string_view> groups(const Entry& entry) {
  std::vector<std::string_view> names;
  split(find(entry.attributes, "group-title"), ';', [&](std::string_view name) { names.push_back(name); });
  return names;
}

std::vector<std::string_view> guide_urls(const Head& head) {
  std::vector<std::string_view> urls;
  for (const std::string_view name : {"x-tvg-url", "url-tvg", "tvg-url"})
    split(find(head.attributes, name), ',', [&](std::string_view url) {
      if (std::ranges::find(urls, url) == urls.end()) urls.push_back(url);
    });
  return urls;
}

std::vector<Header> request_headers(const Entry& entry) {
  std::vector<Header> headers;
  for (const auto& [name, value] : entry.address.headers)
    add(headers, name, value);
  add(headers, "User-Agent", find_option(entry, "EXTVLCOPT", "http-user-agent"));
  add(headers, "Referer", find_option(entry, "EXTVLCOPT", "http-referrer"));
  add(headers, "Origin", find_option(entry, "EXTVLCOPT", "http-origin"));
  for (const std::string_view property :
       {"inputstream.adaptive.stream_headers", "inputstream.adaptive.manifest_headers"})
    add_coded(headers, find_option(entry, "KODIPROP", property));
  add(headers, "User-Agent", find_first(entry.attributes, {"user-agent", "http-user-agent"}));
  return headers;
}

} // namespace relevo::m3u
