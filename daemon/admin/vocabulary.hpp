// SPDX-License-Identifier: LGPL-2.1-or-later
// The words that events, alerts and errors are told in: an interface in another language needs its own for
// each of them.
#pragma once

#include "admin/fields.hpp"

namespace relevo::admin {

/// The schemas of OpenAPI that others refer to: Error, and an enumeration for each kind of word.
[[nodiscard]] Json describe_words();

/// An event of this name may be kept.
[[nodiscard]] bool is_event_kind(std::string_view name);

} // namespace relevo::admin
