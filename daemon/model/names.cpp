// SPDX-License-Identifier: LGPL-2.1-or-later
// The names by which kinds are written and read.
#include "model/names.hpp"

namespace relevo::model {

template <>
std::span<const std::string_view> names<AccountKind>() noexcept {
  static constexpr std::array<std::string_view, 4> kNames = {"m3u", "xtream", "database", "manual"};
  return kNames;
}

template <>
std::span<const std::string_view> names<StreamKind>() noexcept {
  static constexpr std::array<std::string_view, 3> kNames = {"live", "movie", "series"};
  return kNames;
}

template <>
std::span<const std::string_view> names<StreamProfileKind>() noexcept {
  static constexpr std::array<std::string_view, 3> kNames = {"proxy", "redirect", "command"};
  return kNames;
}

template <>
std::span<const std::string_view> names<Likeness>() noexcept {
  static constexpr std::array<std::string_view, kLikenesses> kNames = {"provider-id", "url", "address",
                                                                       "title", "name"};
  return kNames;
}

template <>
std::span<const std::string_view> names<Filter::Field>() noexcept {
  static constexpr std::array<std::string_view, 3> kNames = {"name", "group", "url"};
  return kNames;
}

template <>
std::span<const std::string_view> names<Field>() noexcept {
  static constexpr std::array<std::string_view, kFields> kNames = {"number", "name",  "group",  "logo",
                                                                   "tvg-id", "guide", "hidden", "order"};
  return kNames;
}

template <>
std::span<const std::string_view> names<Numbering>() noexcept {
  static constexpr std::array<std::string_view, 3> kNames = {"fixed", "provider", "next-free"};
  return kNames;
}

template <>
std::span<const std::string_view> names<Role>() noexcept {
  static constexpr std::array<std::string_view, 3> kNames = {"viewer", "operator", "administrator"};
  return kNames;
}

} // namespace relevo::model
