// SPDX-License-Identifier: LGPL-2.1-or-later
// Operations about what automatic grouping was least sure of.
#pragma once

#include "admin/operation.hpp"

namespace relevo::admin {

void add_channel_reviews(Operations& operations);

} // namespace relevo::admin
