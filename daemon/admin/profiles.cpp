// SPDX-License-Identifier: LGPL-2.1-or-later
// Named parts of the channels, each in an order of its own.
#include "store/profiles.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "store/channels.hpp"

#include <set>

namespace relevo::admin {
namespace {

using model::ChannelId;
using model::ChannelProfile;
using model::ProfileId;
using net::Response;
using Ids = std::vector<ChannelId>;

ChannelProfile find(const Call& call) {
  auto profile = store::find_profile(call.database, call.id<ProfileId>("profile"));
  if (!profile) refuse_unknown("profile");
  return *std::move(profile);
}

Response save(const Call& call, ChannelProfile profile, unsigned status) {
  apply(profile, call.body);
  check_name(profile.name);
  store::save_profile(call.database, profile);
  return answer(write(profile), status);
}

Response erase(const Call& call) {
  if (!store::erase_profile(call.database, call.id<ProfileId>("profile"))) refuse_unknown("profile");
  return nothing();
}

Response set_channels(const Call& call) {
  const auto wanted = Codec<Ids>::read(call.body);
  if (!wanted) refuse_invalid(wanted.error().message);
  sqlite::Transaction transaction(call.database);
  const auto profile = find(call);
  std::set<ChannelId> seen;
  for (const auto id : *wanted) {
    const auto where = concat("[", seen.size(), "]");
    if (!store::find_channel(call.database, id))
      refuse_invalid(Flaw::NotThere, "there is no such channel", where);
    if (!seen.insert(id).second) refuse_invalid(Flaw::Twice, "is in the list twice", where);
  }
  store::save_profile_channels(call.database, profile.id, *wanted);
  transaction.commit();
  return answer(write(*wanted));
}

} // namespace

void add_profiles(Operations& operations) {
  using net::Method;
  const Json profile = Codec<ChannelProfile>::schema(), ids = Codec<Ids>::schema();
  const std::string base = "/api/v1/profiles", one = base + "/{profile}";
  operations.push_back({Method::Get,
                        base,
                        "named parts of the channels, by name",
                        {},
                        {},
                        list_schema(profile),
                        [](const Call& call) { return answer(write(store::load_profiles(call.database))); }});
  operations.push_back({Method::Post, base, "a new profile", {}, profile, profile, [](const Call& call) {
                          return save(call, {}, kCreated);
                        }});
  operations.push_back({Method::Patch, one, "another name", {}, profile, profile, [](const Call& call) {
                          return save(call, find(call), 200);
                        }});
  operations.push_back({Method::Delete, one, "takes a profile away, not its channels", {}, {}, {}, erase});
  operations.push_back({Method::Get,
                        one + "/channels",
                        "the numbers of its channels, in its order",
                        {},
                        {},
                        ids,
                        [](const Call& call) {
                          return answer(write(store::load_profile_channels(call.database, find(call).id)));
                        }});
  operations.push_back(
      {Method::Put, one + "/channels", "all its channels, in their order", {}, ids, ids, set_channels});
}

} // namespace relevo::admin
