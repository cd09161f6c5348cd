// SPDX-License-Identifier: LGPL-2.1-or-later
// Guides, their channels and programmes.
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "checks.hpp"
#include "secrets.hpp"
#include "store/guide.hpp"

namespace relevo::admin {
namespace {

using model::GuideSource;
using model::GuideSourceId;
using net::Response;

const std::vector<std::string> kOrders = {"id", "channel", "source"};

Json view(const Call& call, const GuideSource& source) {
  Json json = show(source);
  json["state"] = write(store::load_guide_state(call.database, source.id));
  return json;
}

Json view_schema() {
  Json schema = Codec<GuideSource>::schema();
  schema["properties"]["state"] = Codec<store::RefreshState>::schema();
  return schema;
}

GuideSource find(const Call& call) {
  auto source = store::find_guide_source(call.database, call.id<GuideSourceId>("guide"));
  if (!source) refuse_unknown("guide");
  return *std::move(source);
}

Response list(const Call& call) {
  Json json = Json::array();
  for (const auto& source : store::load_guide_sources(call.database))
    json.push_back(view(call, source));
  return answer(json);
}

Response create(const Call& call) {
  GuideSource source;
  apply(source, call.body);
  check(source);
  store::save_guide_source(call.database, source);
  return answer(view(call, source), kCreated);
}

Response change(const Call& call) {
  sqlite::Transaction transaction(call.database);
  GuideSource source = find(call);
  admin::apply(source, restore(call.body, source));
  check(source);
  store::save_guide_source(call.database, source);
  transaction.commit();
  return answer(view(call, source));
}

Response erase(const Call& call) {
  if (!store::erase_guide_source(call.database, call.id<GuideSourceId>("guide"))) refuse_unknown("guide");
  return nothing();
}

Response list_channels(const Call& call) {
  store::GuideQuery query;
  query.source = read_id<GuideSourceId>(call.request, "guide");
  query.text = call.request.query_value("q").value_or("");
  query.page = read_page(call.request, kOrders);
  return answer(write_slice(store::list_guide_channels(call.database, query)));
}

Response list_programmes(const Call& call) {
  const auto channel = call.request.query_value("channel");
  if (!channel) refuse_invalid("is needed: the id of a channel in this guide", "channel");
  const auto [from, until] = read_window(call);
  return answer(
      write(store::load_programmes(call.database, find(call).id, std::string(*channel), from, until)));
}

} // namespace

void add_guides(Operations& operations) {
  using net::Method;
  const Json source = Codec<GuideSource>::schema(), text = {{"type", "string"}},
             whole = {{"type", "integer"}};
  const std::string base = "/api/v1/guides", one = base + "/{guide}";
  operations.push_back({Method::Get, base, "all guides, by name", {}, {}, list_schema(view_schema()), list});
  operations.push_back({Method::Post, base, "a new guide", {}, source, view_schema(), create});
  operations.push_back({Method::Get, one, "a guide", {}, {}, view_schema(), [](const Call& call) {
                          return answer(view(call, find(call)));
                        }});
  operations.push_back({Method::Patch, one, "changes of a guide", {}, source, view_schema(), change});
  operations.push_back({Method::Delete, one, "takes a guide away", {}, {}, {}, erase});
  operations.push_back({Method::Get,
                        one + "/programmes",
                        "the programmes of one of its channels",
                        window_parameters({{"channel", "its id in this guide", text}}),
                        {},
                        list_schema(Codec<model::Programme>::schema()),
                        list_programmes});
  operations.push_back({Method::Get,
                        "/api/v1/guide-channels",
                        "channels of guides, a page at a time",
                        page_parameters(kOrders, {{"guide", "only of this guide", whole},
                                                  {"q", "only with this text in their id or names", text}}),
                        {},
                        slice_schema(Codec<model::GuideChannel>::schema()),
                        list_channels});
}

} // namespace relevo::admin
