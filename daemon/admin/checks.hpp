// SPDX-License-Identifier: LGPL-2.1-or-later
// What can be kept: values that a client gave are refused where they make no sense.
#pragma once

#include "admin/operation.hpp"
#include "model/dummy_rule.hpp"
#include "model/guide.hpp"
#include "model/stream_profile.hpp"
#include "model/user.hpp"

namespace relevo::admin {

/// Refuses a name that is empty, or longer than anybody reads.
void check_name(const std::string& name);

void check(const model::Account& account);
void check(const std::vector<model::Filter>& filters);
void check(const model::Login& login);
void check(const model::Group& group);
void check(const model::DummyRule& rule);
void check(const model::GuideSource& source);
void check(const model::StreamProfile& profile);

/// What a channel or stream refers to.
void check_stream_profile(sqlite::Database& database, std::optional<model::StreamProfileId> profile);
/// "", or a file that can be shown.
void check_slate(const std::string& file);
void check(const model::User& user); // not whether his profiles are there

} // namespace relevo::admin
