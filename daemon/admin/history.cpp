// SPDX-License-Identifier: LGPL-2.1-or-later
// What has happened.
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "store/events.hpp"

namespace relevo::admin {
namespace {

std::optional<model::Moment> read_moment(const net::Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::nullopt;
  const auto value = parse_number<std::int64_t>(*text);
  if (!value) refuse_invalid("must be milliseconds since 1970", std::string(name));
  return model::Moment(std::chrono::milliseconds(*value));
}

std::optional<std::uint64_t> read_session(const net::Request& request) {
  const auto text = request.query_value("session");
  if (!text) return std::nullopt;
  const auto value = parse_number<std::uint64_t>(*text);
  if (!value) refuse_invalid("must be a number", "session");
  return value;
}

net::Response list(const Call& call) {
  store::EventQuery query;
  query.kind = call.request.query_value("kind").value_or("");
  query.viewers = read_flag(call.request, "viewers");
  query.subject = call.request.query_value("subject").value_or("");
  query.channel = read_id<model::ChannelId>(call.request, "channel");
  query.account = read_id<model::AccountId>(call.request, "account");
  query.session = read_session(call.request);
  query.after = read_id<model::EventId>(call.request, "after");
  query.earlier = read_id<model::EventId>(call.request, "before");
  query.since = read_moment(call.request, "since_ms");
  query.before = read_moment(call.request, "before_ms");
  query.page = read_page(call.request, {});
  return answer(write_slice(store::list_events(call.database, query)));
}

} // namespace

void add_history(Operations& operations) {
  const Json whole = {{"type", "integer"}}, text = {{"type", "string"}}, flag = {{"type", "boolean"}};
  auto parameters =
      page_parameters({}, {{"kind", "only such, as \"switched\"", text},
                           {"viewers", "only viewers who came and went, or only all else", flag},
                           {"subject", "only about the channel, account or guide of that name", text},
                           {"channel", "only about that channel", whole},
                           {"account", "only about that account", whole},
                           {"session", "only about that session", whole},
                           {"after", "only what was kept after the event with that id", whole},
                           {"before", "only what was kept before the event with that id", whole},
                           {"since_ms", "only what happened then or later", whole},
                           {"before_ms", "only what happened earlier", whole}});
  operations.push_back({net::Method::Get,
                        "/api/v1/history",
                        "what has happened, the newest first",
                        std::move(parameters),
                        {},
                        slice_schema(Codec<model::PastEvent>::schema()),
                        list});
}

} // namespace relevo::admin
