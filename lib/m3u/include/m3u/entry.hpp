// SPDX-License-Identifier: LGPL-2.1-or-later
// What a playlist of channels holds, and what its attributes mean.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::m3u {

/// Name and value of an attribute, a header or a tag: views of text that belongs to somebody else.
struct Attribute {
  std::string_view name;
  std::string_view value;

  bool operator==(const Attribute&) const = default;
};
using Attributes = std::vector<Attribute>;

struct Address {
  std::string_view url;
  Attributes headers; // that stood behind it, after a '|'

  bool operator==(const Address&) const = default;
};

/// The line that begins a playlist.
struct Head {
  Attributes attributes;

  bool operator==(const Head&) const = default;
};

struct Entry {
  std::size_t line = 0;                              // where it begins; 1 is the first
  std::string_view name;                             // tvg-name where nothing stands behind the comma
  std::optional<std::chrono::milliseconds> duration; // empty: live
  Attributes attributes;                             // all of them, in their order; with the group of EXTGRP
  Attributes tags; // EXTVLCOPT, KODIPROP and others, in their order: "EXTVLCOPT", "http-user-agent=x"
  Address address;
  std::vector<Address> backups; // of the same channel, in the order of preference

  bool operator==(const Entry&) const = default;
};

/// The first of that name, "" where there is none; upper and lower case are the same.
[[nodiscard]] std::string_view find(const Attributes& attributes, std::string_view name) noexcept;

/// The value of an option that is written as a tag: find_option(entry, "KODIPROP", "mimetype").
[[nodiscard]] std::string_view find_option(const Entry& entry, std::string_view tag,
                                           std::string_view name) noexcept;

[[nodiscard]] std::string_view tvg_id(const Entry& entry) noexcept;
[[nodiscard]] std::string_view logo(const Entry& entry) noexcept;
/// As it is written; "" where none is.
[[nodiscard]] std::string_view channel_number(const Entry& entry) noexcept;

/// For how many days past programmes can be had; 0 where that is not told.
[[nodiscard]] int archive_days(const Entry& entry) noexcept;

/// The groups of an entry: their names stand between semicolons.
[[nodiscard]] std::vector<std::string_view> groups(const Entry& entry);

/// Where the guide of the playlist is, each address once.
[[nodiscard]] std::vector<std::string_view> guide_urls(const Head& head);

struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};

/// What a request for the entry's address should carry, from all the ways of saying so: behind the address,
/// EXTVLCOPT, KODIPROP, attributes. Of several for one header the first in this order counts.
[[nodiscard]] std::vector<Header> request_headers(const Entry& entry);

} // namespace relevo::m3u
