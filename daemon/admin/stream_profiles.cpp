// SPDX-License-Identifier: LGPL-2.1-or-later
// How streams are read: profiles to choose from.
#include "store/stream_profiles.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"

namespace relevo::admin {
namespace {

using model::StreamProfile;
using net::Response;

constexpr unsigned kConflict = 409;

StreamProfile find(const Call& call) {
  auto profile = store::find_stream_profile(call.database, call.id<model::StreamProfileId>("profile"));
  if (!profile) refuse_unknown("profile");
  return *std::move(profile);
}

StreamProfile find_own(const Call& call) {
  auto profile = find(call);
  if (profile.stock) throw Refusal(kConflict, "conflict", "it comes with Relevo and stays as it is: copy it");
  return profile;
}

Response save(const Call& call, StreamProfile profile, unsigned status) {
  apply(profile, call.body);
  check(profile);
  store::save_stream_profile(call.database, profile);
  return answer(write(profile), status);
}

Response erase(const Call& call) {
  store::erase_stream_profile(call.database, find_own(call).id);
  return nothing();
}

} // namespace

void add_stream_profiles(Operations& operations) {
  using net::Method;
  const Json profile = Codec<StreamProfile>::schema();
  const std::string base = "/api/v1/stream-profiles", one = base + "/{profile}";
  operations.push_back(
      {Method::Get,
       base,
       "how streams can be read, those that come with the program first",
       {},
       {},
       list_schema(profile),
       [](const Call& call) { return answer(write(store::load_stream_profiles(call.database))); }});
  operations.push_back({Method::Get, one, "one of them", {}, {}, profile, [](const Call& call) {
                          return answer(write(find(call)));
                        }});
  operations.push_back({Method::Post, base, "a new one", {}, profile, profile, [](const Call& call) {
                          return save(call, {}, kCreated);
                        }});
  operations.push_back({Method::Patch,
                        one,
                        "changes one of your own; what plays goes on as it was until it is opened again",
                        {},
                        profile,
                        profile,
                        [](const Call& call) { return save(call, find_own(call), 200); }});
  operations.push_back(
      {Method::Delete, one, "takes one of your own away: who chose it has chosen none", {}, {}, {}, erase});
}

} // namespace relevo::admin
