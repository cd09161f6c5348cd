// SPDX-License-Identifier: LGPL-2.1-or-later
// The names by which kinds are kept in the database and told to the world.
#pragma once

#include "model/channel.hpp"
#include "model/stream_profile.hpp"
#include "model/user.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace relevo::model {

/// All of them, in the order of the enumeration. For the enumerations of the model.
template <class E>
[[nodiscard]] std::span<const std::string_view> names() noexcept;

template <>
std::span<const std::string_view> names<AccountKind>() noexcept;
template <>
std::span<const std::string_view> names<StreamKind>() noexcept;
template <>
std::span<const std::string_view> names<StreamProfileKind>() noexcept;
template <>
std::span<const std::string_view> names<Likeness>() noexcept;
template <>
std::span<const std::string_view> names<Filter::Field>() noexcept;
template <>
std::span<const std::string_view> names<Field>() noexcept;
template <>
std::span<const std::string_view> names<Numbering>() noexcept;
template <>
std::span<const std::string_view> names<Role>() noexcept;

template <class E>
[[nodiscard]] std::string_view name_of(E value) noexcept {
  return names<E>()[static_cast<std::size_t>(value)];
}

/// Empty where nothing has that name.
template <class E>
[[nodiscard]] std::optional<E> find(std::string_view name) noexcept {
  const auto all = names<E>();
  const auto found = std::ranges::find(all, name);
  if (found == all.end()) return std::nullopt;
  return static_cast<E>(found - all.begin());
}

} // namespace relevo::model
