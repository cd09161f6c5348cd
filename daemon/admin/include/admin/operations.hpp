// SPDX-License-Identifier: LGPL-2.1-or-later
// The operations, by what they are about.
#pragma once

#include "access/guard.hpp"
#include "admin/operation.hpp"

namespace relevo::admin {

void add_accounts(Operations& operations);
void add_streams(Operations& operations);
void add_channels(Operations& operations);
void add_channels_many(Operations& operations);
void add_profiles(Operations& operations);
void add_stream_profiles(Operations& operations);
void add_programmes(Operations& operations);
void add_guides(Operations& operations);
void add_alerts(Operations& operations);
void add_history(Operations& operations);
void add_export(Operations& operations);
// The guard must outlive them.
void add_users(Operations& operations, access::Guard& guard);
void add_keys(Operations& operations, access::Guard& guard);
void add_devices(Operations& operations, access::Guard& guard);
void add_logins(Operations& operations, access::Guard& guard, bool secure_cookies);

} // namespace relevo::admin
