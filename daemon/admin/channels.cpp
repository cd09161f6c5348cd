// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels and the streams behind them.
#include "store/channels.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "catalog/decide.hpp"
#include "checks.hpp"

#include <algorithm>

namespace relevo::admin {
namespace {

using model::Channel;
using model::ChannelId;
using model::ChannelStream;
using model::Field;
using net::Response;

/// No answer is longer than 200 kB as long as they have up to nine digits.
constexpr std::int64_t kMostIds = 20'000;
/// They have to fit into an address.
constexpr std::size_t kMostLeftOut = 500;

const std::vector<std::string> kOrders = {"number", "name", "group", "id"};

Channel find(const Call& call) {
  auto channel = store::find_channel(call.database, call.id<ChannelId>("channel"));
  if (!channel) refuse_unknown("channel");
  return *std::move(channel);
}

/// A guide that the user names is his choice.
void take_guide(Channel& channel, const Json& body) {
  if (!channel.guide || !body.contains("guide")) return;
  channel.guide->manual = true;
  channel.guide->score = 100;
  channel.guide->reason = "chosen";
}

/// What the client said of it.
void check(const Call& call, const Channel& channel) {
  check_name(channel.name);
  if (call.body.contains("stream_profile")) check_stream_profile(call.database, channel.stream_profile);
  if (call.body.contains("slate")) check_slate(channel.slate);
}

/// As "1,5,3".
std::vector<ChannelId> read_ids(const net::Request& request, const std::string& name) {
  std::vector<ChannelId> ids;
  std::string_view rest;
  const auto text = request.query_value(name);
  if (text) rest = *text;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const auto id = parse_number<std::int64_t>(rest.substr(0, comma));
    if (!id || ids.size() == kMostLeftOut)
      refuse_invalid(concat("must be up to ", kMostLeftOut, " numbers, as 1,5,3"), name);
    ids.push_back({*id});
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return ids;
}

store::ChannelQuery read_query(const Call& call) {
  store::ChannelQuery query;
  query.group = call.request.query_value("group").value_or("");
  query.text = call.request.query_value("q").value_or("");
  query.hidden = read_flag(call.request, "hidden");
  query.automatic = read_flag(call.request, "automatic");
  query.guided = read_flag(call.request, "guided");
  query.profile = read_id<model::ProfileId>(call.request, "profile");
  query.without = read_ids(call.request, "without");
  return query;
}

Response list(const Call& call) {
  auto query = read_query(call);
  query.page = read_page(call.request, kOrders);
  return answer(write_slice(store::list_channels(call.database, query)));
}

Response list_ids(const Call& call) {
  auto query = read_query(call);
  query.page.offset = read_page(call.request, {}).offset;
  query.page.limit = kMostIds;
  return answer(write(store::list_channel_ids(call.database, query)));
}

Response create(const Call& call) {
  Channel channel;
  apply(channel, call.body);
  check(call, channel);
  take_guide(channel, call.body);
  store::save_channel(call.database, channel);
  return answer(write(channel), kCreated);
}

/// What is changed by hand is settled, unless the user says what is: no list takes it back, and no matching
/// finds a guide where he wants none.
void settle(Channel& channel, const Json& body) {
  if (body.contains("settled")) return;
  for (const auto name : model::names<Field>()) {
    if (!body.contains(std::string(name == "tvg-id" ? "tvg_id" : name))) continue;
    const auto field = *model::find<Field>(name);
    if (channel.automatic || field == Field::Guide) catalog::settle(channel, field);
  }
}

/// Those that the user takes out are released.
void set_settled(Channel& channel, const std::vector<Field>& before) {
  const auto wanted = std::exchange(channel.settled, before);
  for (const auto field : before)
    if (std::ranges::find(wanted, field) == wanted.end()) catalog::release(channel, field);
  channel.settled = wanted;
}

Response change(const Call& call) {
  sqlite::Transaction transaction(call.database);
  Channel channel = find(call);
  const auto settled = channel.settled;
  apply(channel, call.body);
  set_settled(channel, settled);
  check(call, channel);
  take_guide(channel, call.body);
  settle(channel, call.body);
  store::save_channel(call.database, channel);
  transaction.commit();
  return answer(write(channel));
}

Response erase(const Call& call) {
  if (!store::erase_channel(call.database, call.id<ChannelId>("channel"))) refuse_unknown("channel");
  return nothing();
}

Response list_groups(const Call& call) {
  Json groups = Json::array();
  for (const auto& group : store::load_channel_groups(call.database))
    groups.push_back({{"name", group.name}, {"channels", group.channels}});
  return answer(groups);
}

Response list_streams(const Call& call) {
  return answer(write(store::load_channel_streams(call.database, find(call).id)));
}

/// The whole list, in its order. What was there keeps what is known of it.
Response set_streams(const Call& call) {
  const auto wanted = Codec<std::vector<ChannelStream>>::read(call.body);
  if (!wanted) refuse_invalid(wanted.error().message);
  std::vector<model::StreamId> streams;
  for (const auto& one : *wanted)
    streams.push_back(one.stream);
  const auto id = find(call).id;
  if (const auto done = catalog::arrange(call.database, id, streams); !done)
    refuse_invalid(done.error().message);
  return list_streams(call);
}

} // namespace

void add_channels(Operations& operations) {
  using net::Method;
  const Json channel = Codec<Channel>::schema(), streams = Codec<std::vector<ChannelStream>>::schema();
  const std::string base = "/api/v1/channels", one = base + "/{channel}";
  const Json text = {{"type", "string"}}, flag = {{"type", "boolean"}};
  std::vector<Parameter> which = {
      {"group", "only of this group", text},
      {"q", "only with this text in their name", text},
      {"hidden", "only hidden ones, or only the others", flag},
      {"automatic", "only those made of lists, or only the others", flag},
      {"guided", "only those with a guide, or only the others", flag},
      {"profile", "only those of this profile, and in its order", {{"type", "integer"}}},
      {"without", "not these: up to 500 numbers, as 1,5,3", text}};
  operations.push_back({Method::Get,
                        base,
                        "channels, a page at a time",
                        page_parameters(kOrders, which),
                        {},
                        slice_schema(channel),
                        list});
  which.push_back({"offset", "how many are left out at the start", {{"type", "integer"}, {"minimum", 0}}});
  operations.push_back({Method::Get,
                        "/api/v1/channel-ids",
                        "the numbers of channels that fit, in the order of the list: 20,000 at a time",
                        which,
                        {},
                        Codec<std::vector<ChannelId>>::schema(),
                        list_ids});
  operations.push_back({Method::Post, base, "a new channel", {}, channel, channel, create});
  const Json group = {
      {"type", "object"},
      {"properties",
       {{"name", text}, {"channels", {{"type", "integer"}, {"description", "how many it has"}}}}}};
  operations.push_back({Method::Get,
                        "/api/v1/channel-groups",
                        "the groups of channels, by name",
                        {},
                        {},
                        list_schema(group),
                        list_groups});
  operations.push_back({Method::Get, one, "a channel", {}, {}, channel, [](const Call& call) {
                          return answer(write(find(call)));
                        }});
  operations.push_back({Method::Patch,
                        one,
                        "changes of a channel; what an automatic one is given is settled",
                        {},
                        channel,
                        channel,
                        change});
  operations.push_back({Method::Delete, one, "takes a channel away", {}, {}, {}, erase});
  operations.push_back({Method::Get,
                        one + "/streams",
                        "its streams, in the order in which they are tried",
                        {},
                        {},
                        streams,
                        list_streams});
  operations.push_back(
      {Method::Put, one + "/streams", "all its streams, in their order", {}, streams, streams, set_streams});
}

} // namespace relevo::admin
