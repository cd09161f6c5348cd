// SPDX-License-Identifier: LGPL-2.1-or-later
// A field of a type that another one has from what it is derived of.
#pragma once

#include "admin/fields.hpp"

namespace relevo::admin {

/// As field(), also of what T is derived of.
template <class T, class Base, class V>
[[nodiscard]] Field<T> own_field(std::string name, V Base::*member, std::string summary,
                                 Use use = Use::Anything) {
  return field<T>(std::move(name), static_cast<V T::*>(member), std::move(summary), use);
}

} // namespace relevo::admin
