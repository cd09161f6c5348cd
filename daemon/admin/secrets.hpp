// SPDX-License-Identifier: LGPL-2.1-or-later
// What answers show of that which holds secrets; only an export has them in clear.
#pragma once

#include "admin/fields_model.hpp"

namespace relevo::admin {

/// As write(), without what would let a reader use the account of a provider.
[[nodiscard]] Json show(const model::Account& account);
[[nodiscard]] Json show(const model::Login& login);
[[nodiscard]] Json show(const model::GuideSource& source);
[[nodiscard]] Json show(const model::Stream& stream);

template <class T>
[[nodiscard]] Json show_all(const std::vector<T>& values) {
  Json json = Json::array();
  for (const T& value : values)
    json.push_back(show(value));
  return json;
}

/// A client that changes something sends the rest back as it was shown to him: what equals `shown` anywhere
/// in `given` is what stands there in `clear`.
[[nodiscard]] Json restore(const Json& given, const Json& shown, const Json& clear);

/// What is to be changed, as the client sent it, with the secrets that were not shown to him.
template <class T>
[[nodiscard]] Json restore(const Json& given, const T& stored) {
  return restore(given, show(stored), write(stored));
}

} // namespace relevo::admin
