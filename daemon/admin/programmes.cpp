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

#include <ranges>

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

// A page of the grid is small whatever guides say: 200 kB.
constexpr std::int64_t kMostRows = 30;
constexpr std::size_t kMostOfRow = 48;
constexpr std::size_t kMostOfTitle = 80; // bytes
constexpr std::chrono::hours kWidestGrid{12};

/// As much of it as there is room for, in whole characters.
std::string shorten(const std::string& text) {
  if (text.size() <= kMostOfTitle) return text;
  std::size_t end = kMostOfTitle;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  return concat(text.substr(0, end), "…");
}

Json grid_row(const model::Channel& channel, const std::vector<model::Programme>& programmes) {
  Json row = {{"channel", write(channel.id)},        {"name", channel.name},
              {"number", write(channel.number)},     {"logo", channel.logo},
              {"guided", channel.guide.has_value()}, {"programmes", Json::array()}};
  for (const auto& one : programmes | std::views::take(kMostOfRow))
    row["programmes"].push_back(
        {{"start", write(one.start)}, {"stop", write(one.stop)}, {"title", shorten(one.title)}});
  return row;
}

Json grid_row_schema() {
  const Json text = {{"type", "string"}}, whole = {{"type", "integer"}};
  const Json programme = {{"type", "object"},
                          {"properties", {{"start", whole}, {"stop", whole}, {"title", text}}}};
  return {{"type", "object"},
          {"properties",
           {{"channel", whole},
            {"name", text},
            {"number", {{"type", "string"}, {"nullable", true}}},
            {"logo", text},
            {"guided", {{"type", "boolean"}}},
            {"programmes", list_schema(programme)}}}};
}

Response list_grid(const Call& call) {
  store::ChannelQuery query;
  query.text = call.request.query_value("q").value_or("");
  query.profile = read_id<model::ProfileId>(call.request, "profile");
  query.guided = read_flag(call.request, "guided");
  query.hidden = false;
  query.page = read_page(call.request, {});
  query.page.limit = std::min(query.page.limit, kMostRows);
  const auto [from, until] = read_window(call);
  const lineup::Window window{from, std::min(until, from + kWidestGrid)};
  const catalog::Programmes programmes(call.database, gx::utc_offset);
  const auto channels = store::list_channels(call.database, query);
  Json items = Json::array();
  for (const auto& channel : channels.items)
    items.push_back(grid_row(channel, programmes.of(channel, window, call.now)));
  return answer({{"items", std::move(items)}, {"total", channels.total}});
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
       "/api/v1/guide-grid",
       "what is on, on a page of the channels that are not hidden: at most 30 channels, 12 hours and "
       "48 programmes of each, whose titles may be cut",
       window_parameters(
           {{"q", "only channels with this text in their name", {{"type", "string"}}},
            {"profile", "only those of this profile, and in its order", {{"type", "integer"}}},
            {"guided", "only those with a guide, or only the others", {{"type", "boolean"}}},
            {"limit", "how many channels at most", {{"type", "integer"}, {"minimum", 0}}},
            {"offset", "how many are left out at the start", {{"type", "integer"}, {"minimum", 0}}}}),
       {},
       slice_schema(grid_row_schema()),
       list_grid});
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
