// SPDX-License-Identifier: LGPL-2.1-or-later
// API keys, for programs.
#include "access/secret.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "store/users.hpp"

namespace relevo::admin {
namespace {

using access::Guard;
using model::ApiKey;
using net::Response;

Json audit(const Call& call, const char* event, const std::string& key) {
  return {{"event", event}, {"key", key}, {"by", call.request.asker.name}, {"address", call.request.peer}};
}

Response add(const Call& call, Guard& guard) {
  ApiKey key;
  apply(key, call.body);
  check_name(key.name);
  const auto secret = access::make_token();
  key.hash = access::hash_of(secret);
  key.made = call.now;
  store::add_api_key(call.database, key);
  guard.reload(call.database);
  guard.tell(audit(call, "key-added", key.name));
  auto shown = write(key);
  shown["key"] = secret;
  return answer(shown, kCreated);
}

Response erase(const Call& call, Guard& guard) {
  const auto id = call.id<model::ApiKeyId>("key");
  const auto keys = store::load_api_keys(call.database);
  const auto found = std::ranges::find(keys, id, &ApiKey::id);
  if (found == keys.end() || !store::erase_api_key(call.database, id)) refuse_unknown("key");
  guard.reload(call.database);
  guard.tell(audit(call, "key-removed", found->name));
  return nothing();
}

} // namespace

void add_keys(Operations& operations, Guard& guard) {
  using net::Method;
  const Json key = Codec<ApiKey>::schema();
  Json made = key;
  made["properties"]["key"] = {{"type", "string"}, {"description", "told this once"}};
  const std::string base = "/api/v1/keys";
  operations.push_back(
      {Method::Get, base, "API keys, by name", {}, {}, list_schema(key), [](const Call& call) {
         return answer(write(store::load_api_keys(call.database)));
       }});
  operations.push_back({Method::Post,
                        base,
                        "a new key, for the header Authorization: Bearer",
                        {},
                        key,
                        made,
                        [&guard](const Call& call) { return add(call, guard); }});
  operations.push_back(
      {Method::Delete, base + "/{key}", "ends a key", {}, {}, {}, [&guard](const Call& call) {
         return erase(call, guard);
       }});
}

} // namespace relevo::admin
