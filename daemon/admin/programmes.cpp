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
#include "store/programme_search.hpp"

#include <algorithm>
#include <span>

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

// So is one of the search.
constexpr std::int64_t kMostFound = 100;
constexpr std::int64_t kFurthest = 10'000; // all before it are held while they are sorted
constexpr std::chrono::days kWidestSearch{31};
constexpr std::ptrdiff_t kLeastOfSearch = 2; // characters

bool begins_character(char c) noexcept {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

/// As much of it as there is room for, in whole characters.
std::string shorten(const std::string& text) {
  if (text.size() <= kMostOfTitle) return text;
  std::size_t end = kMostOfTitle;
  while (end > 0 && !begins_character(text[end]))
    --end;
  return concat(text.substr(0, end), "…");
}

/// Of what tells which channel it is about.
Json channel_properties() {
  const Json text = {{"type", "string"}};
  return {{"channel", {{"type", "integer"}}},
          {"name", text},
          {"number", {{"type", "string"}, {"nullable", true}}},
          {"logo", text}};
}

Json grid_row(const model::Channel& channel, const std::vector<model::Programme>& programmes) {
  Json row = {{"channel", write(channel.id)},        {"name", channel.name},
              {"number", write(channel.number)},     {"logo", channel.logo},
              {"guided", channel.guide.has_value()}, {"programmes", Json::array()}};
  for (const auto& one : std::span(programmes).first(std::min(programmes.size(), kMostOfRow)))
    row["programmes"].push_back(
        {{"start", write(one.start)}, {"stop", write(one.stop)}, {"title", shorten(one.title)}});
  return row;
}

Json grid_row_schema() {
  const Json text = {{"type", "string"}}, whole = {{"type", "integer"}};
  const Json programme = {{"type", "object"},
                          {"properties", {{"start", whole}, {"stop", whole}, {"title", text}}}};
  Json properties = channel_properties();
  properties["guided"] = {{"type", "boolean"}};
  properties["programmes"] = list_schema(programme);
  return {{"type", "object"}, {"properties", std::move(properties)}};
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

Json found_row(const store::FoundProgramme& found) {
  return {{"channel", write(found.channel)}, {"name", found.name},
          {"number", write(found.number)},   {"logo", found.logo},
          {"start", write(found.start)},     {"stop", write(found.stop)},
          {"title", shorten(found.title)},   {"subtitle", shorten(found.subtitle)}};
}

Json found_row_schema() {
  Json properties = channel_properties();
  for (const auto* time : {"start", "stop"})
    properties[time] = {{"type", "integer"}};
  for (const auto* text : {"title", "subtitle"})
    properties[text] = {{"type", "string"}};
  return {{"type", "object"}, {"properties", std::move(properties)}};
}

/// Without an end: as far as guides go.
TimeWindow read_search_window(const Call& call) {
  auto window = read_window(call);
  if (!call.request.query_value("until")) window.until = window.from + kWidestSearch;
  return window;
}

Response search(const Call& call) {
  store::ProgrammeSearch wanted;
  wanted.text = call.request.query_value("q").value_or("");
  if (std::ranges::count_if(wanted.text, begins_character) < kLeastOfSearch)
    refuse_invalid("must have two characters or more", "q");
  const auto [from, until] = read_search_window(call);
  wanted.from = from;
  wanted.until = until;
  wanted.profile = read_id<model::ProfileId>(call.request, "profile");
  wanted.page = read_page(call.request, {});
  if (wanted.page.offset > kFurthest)
    refuse_invalid(Flaw::OutOfRange, "must be 0 to 10000", "offset", {{"least", 0}, {"most", kFurthest}});
  wanted.page.limit = std::min(wanted.page.limit, kMostFound);
  const sqlite::Interrupter interrupter(call.database, call.token); // whoever types on waits for another one
  const auto found = store::search_programmes(call.database, wanted);
  Json items = Json::array();
  for (const auto& one : found.items)
    items.push_back(found_row(one));
  return answer({{"items", std::move(items)}, {"total", found.total}});
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
       "/api/v1/guide-programmes",
       "programmes by their title, the earliest first, of the channels that are not hidden: at most 100, "
       "whose titles may be cut; of guides alone, not what is told of channels without one",
       {{"q", "text in the title: two characters or more", {{"type", "string"}}},
        {"from", "a time; now", {{"type", "integer"}}},
        {"until", "a time; 31 days behind from, which is the most", {{"type", "integer"}}},
        {"profile", "only of the channels of this profile", {{"type", "integer"}}},
        {"limit", "how many at most", {{"type", "integer"}, {"minimum", 0}}},
        {"offset",
         "how many are left out at the start; 10000 is the most",
         {{"type", "integer"}, {"minimum", 0}, {"maximum", kFurthest}}}},
       {},
       slice_schema(found_row_schema()),
       search});
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
