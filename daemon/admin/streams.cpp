// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams, as their lists tell them.
#include "store/streams.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "secrets.hpp"

namespace relevo::admin {
namespace {

using model::Stream;
using net::Response;

const std::vector<std::string> kOrders = {"id", "name", "number", "position", "group", "account", "score"};

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
  const auto slice = store::list_streams(call.database, query);
  return answer({{"items", show_all(slice.items)}, {"total", slice.total}});
}

Stream find(const Call& call) {
  auto stream = store::find_stream(call.database, call.id<model::StreamId>("stream"));
  if (!stream) refuse_unknown("stream");
  return *std::move(stream);
}

Response change(const Call& call) {
  Stream stream = find(call);
  apply(stream, call.body);
  check_stream_profile(call.database, stream.stream_profile);
  sqlite::Transaction transaction(call.database);
  store::set_custom(call.database, stream.id, stream.custom);
  store::set_stream_profile(call.database, stream.id, stream.stream_profile);
  transaction.commit();
  return answer(show(stream));
}

} // namespace

void add_streams(Operations& operations) {
  const Json whole = {{"type", "integer"}}, flag = {{"type", "boolean"}};
  const auto parameters = page_parameters(
      kOrders, {{"account", "only of this account", whole},
                {"group", "only of this group", whole},
                {"kind", "only of this kind", Codec<model::StreamKind>::schema()},
                {"missing", "only those that their list no longer has, or only the others", flag},
                {"used", "only those that a channel uses, or only the others", flag},
                {"q", "only with this text in their name", {{"type", "string"}}}});
  operations.push_back({net::Method::Get,
                        "/api/v1/streams",
                        "streams, a page at a time",
                        parameters,
                        {},
                        slice_schema(Codec<Stream>::schema()),
                        list});
  operations.push_back({net::Method::Patch,
                        "/api/v1/streams/{stream}",
                        "your own properties of a stream, and how it is read",
                        {},
                        Codec<Stream>::schema(),
                        Codec<Stream>::schema(),
                        change});
  operations.push_back({net::Method::Get,
                        "/api/v1/streams/{stream}",
                        "a stream",
                        {},
                        {},
                        Codec<Stream>::schema(),
                        [](const Call& call) { return answer(show(find(call))); }});
}

} // namespace relevo::admin
