// SPDX-License-Identifier: LGPL-2.1-or-later
// What is on, and rules for channels that have no guide.
#include "catalog/programmes.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "gx/local_time.hpp"
#include "store/channels.hpp"
#include "store/dummy_rules.hpp"

namespace relevo::admin {
namespace {

using model::DummyRule;
using model::DummyRuleId;
using net::Response;

DummyRule find(const Call& call) {
  auto rule = store::find_dummy_rule(call.database, call.id<DummyRuleId>("rule"));
  if (!rule) refuse_unknown("rule");
  return *std::move(rule);
}

Response save(const Call& call, DummyRule rule, unsigned status) {
  apply(rule, call.body);
  check(rule);
  store::save_dummy_rule(call.database, rule);
  return answer(write(rule), status);
}

Response erase(const Call& call) {
  if (!store::erase_dummy_rule(call.database, call.id<DummyRuleId>("rule"))) refuse_unknown("rule");
  return nothing();
}

Response list_programmes(const Call& call) {
  const auto channel = store::find_channel(call.database, call.id<model::ChannelId>("channel"));
  if (!channel) refuse_unknown("channel");
  const auto [from, until] = read_window(call);
  return answer(
      write(catalog::programmes_of(call.database, *channel, {from, until}, call.now, gx::utc_offset)));
}

} // namespace

void add_programmes(Operations& operations) {
  using net::Method;
  const Json rule = Codec<DummyRule>::schema();
  const std::string base = "/api/v1/dummy-rules", one = base + "/{rule}";
  operations.push_back({Method::Get,
                        "/api/v1/channels/{channel}/programmes",
                        "what is on: of its guide, or what its name tells, or blocks with its name",
                        window_parameters(),
                        {},
                        list_schema(Codec<model::Programme>::schema()),
                        list_programmes});
  operations.push_back(
      {Method::Get,
       base,
       "rules for the programmes of channels without a guide, in the order in which they are tried",
       {},
       {},
       list_schema(rule),
       [](const Call& call) { return answer(write(store::load_dummy_rules(call.database))); }});
  operations.push_back({Method::Post, base, "a new rule, tried last", {}, rule, rule, [](const Call& call) {
                          return save(call, {}, kCreated);
                        }});
  operations.push_back({Method::Patch, one, "changes of a rule", {}, rule, rule, [](const Call& call) {
                          return save(call, find(call), 200);
                        }});
  operations.push_back({Method::Delete, one, "takes a rule away", {}, {}, {}, erase});
}

} // namespace relevo::admin
