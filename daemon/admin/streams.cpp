// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams, as their lists tell them.
#include "store/streams.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "secrets.hpp"
#include "store/channels.hpp"
#include "stream_past.hpp"

namespace relevo::admin {
namespace {

using model::Stream;
using net::Response;

const std::vector<std::string> kOrders = {"id", "name", "number", "position", "group", "account", "score"};

/// Shows streams with what is known of them besides what their lists tell.
class Views {
 public:
  explicit Views(const Call& call) : call_(call), pasts_(call.database) {}

  [[nodiscard]] Json view(const Stream& stream) {
    Json json = show(stream);
    json["channels"] = write(store::load_channels_of(call_.database, stream.id));
    add_past(json, pasts_.find(stream.id), call_.now);
    return json;
  }

 private:
  const Call& call_;
  store::StreamPasts pasts_;
};

Json view_schema() {
  Json schema = Codec<Stream>::schema();
  schema["properties"]["channels"] = Codec<std::vector<model::ChannelId>>::schema();
  schema["properties"]["channels"].update(
      {{"readOnly", true}, {"description", "the numbers of the channels that are played from it"}});
  add_past_schema(schema);
  return schema;
}

void read_past(const Call& call, store::StreamQuery& query) {
  const auto& request = call.request;
  query.measured = read_flag(request, "measured");
  query.codec = request.query_value("codec").value_or("");
  if (const auto text = request.query_value("min_height")) {
    query.min_height = parse_number<std::int64_t>(*text);
    if (!query.min_height) refuse_invalid("must be a number", "min_height");
  }
  if (const auto wanted = read_flag(request, "penalised"))
    query.penalised = {*wanted, kLeastPenalty, call.now, penalty_half_life()};
}

Response list(const Call& call) {
  const auto& request = call.request;
  store::StreamQuery query;
  query.account = read_id<model::AccountId>(request, "account");
  query.group = read_id<model::GroupId>(request, "group");
  query.missing = read_flag(request, "missing");
  query.used = read_flag(request, "used");
  query.text = request.query_value("q").value_or("");
  query.page = read_page(request, kOrders);
  if (const auto kind = request.query_value("kind")) {
    query.kind = model::find<model::StreamKind>(*kind);
    if (!query.kind) refuse_invalid("must be live, movie or series", "kind");
  }
  read_past(call, query);
  const auto slice = store::list_streams(call.database, query);
  Views views(call);
  Json items = Json::array();
  for (const auto& stream : slice.items)
    items.push_back(views.view(stream));
  return answer({{"items", std::move(items)}, {"total", slice.total}});
}

Stream find(const Call& call) {
  auto stream = store::find_stream(call.database, call.id<model::StreamId>("stream"));
  if (!stream) refuse_unknown("stream");
  return *std::move(stream);
}

Response show_one(const Call& call) {
  return answer(Views(call).view(find(call)));
}

Response change(const Call& call) {
  Stream stream = find(call);
  apply(stream, call.body);
  check_stream_profile(call.database, stream.stream_profile);
  sqlite::Transaction transaction(call.database);
  store::set_custom(call.database, stream.id, stream.custom);
  store::set_stream_profile(call.database, stream.id, stream.stream_profile);
  transaction.commit();
  return answer(Views(call).view(stream));
}

} // namespace

void add_streams(Operations& operations) {
  const Json whole = {{"type", "integer"}}, flag = {{"type", "boolean"}}, text = {{"type", "string"}};
  const auto parameters = page_parameters(
      kOrders,
      {{"account", "only of this account", whole},
       {"group", "only of this group", whole},
       {"kind", "only of this kind", Codec<model::StreamKind>::schema()},
       {"missing", "only those that their list no longer has, or only the others", flag},
       {"used", "only those that a channel uses, or only the others", flag},
       {"measured", "only those that have been measured while they played, or only the others", flag},
       {"codec", "only those whose video had this one when it was measured", text},
       {"min_height", "only those whose video was so high, or higher", whole},
       {"penalised", "only those that failed not long ago, or only the others", flag},
       {"q", "only with this text in their name", text}});
  operations.push_back({net::Method::Get,
                        "/api/v1/streams",
                        "streams, a page at a time",
                        parameters,
                        {},
                        slice_schema(view_schema()),
                        list});
  operations.push_back({net::Method::Patch,
                        "/api/v1/streams/{stream}",
                        "your own properties of a stream, and how it is read",
                        {},
                        Codec<Stream>::schema(),
                        view_schema(),
                        change});
  operations.push_back(
      {net::Method::Get, "/api/v1/streams/{stream}", "a stream", {}, {}, view_schema(), show_one});
}

} // namespace relevo::admin
