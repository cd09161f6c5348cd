// SPDX-License-Identifier: LGPL-2.1-or-later
// What needs a person.
#include "store/alerts.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"

namespace relevo::admin {
namespace {

using model::Alert;
using model::AlertId;

std::string_view state_of(const Alert& alert) {
  if (alert.closed) return "closed";
  return alert.acknowledged ? "acknowledged" : "open";
}

net::Response list(const Call& call) {
  const auto state = call.request.query_value("state");
  const bool closed = read_flag(call.request, "closed").value_or(state == "closed");
  if (state && *state != "open" && *state != "acknowledged" && *state != "closed")
    refuse_invalid("must be open, acknowledged or closed", "state");
  auto alerts = store::load_alerts(call.database, closed);
  if (state) std::erase_if(alerts, [&](const Alert& alert) { return state_of(alert) != *state; });
  return answer(write(alerts));
}

net::Response acknowledge(const Call& call) {
  if (!store::acknowledge_alert(call.database, call.id<AlertId>("alert"), call.now)) refuse_unknown("alert");
  return nothing();
}

net::Response close(const Call& call) {
  if (!store::close_alert(call.database, call.id<AlertId>("alert"), call.now)) refuse_unknown("alert");
  return nothing();
}

} // namespace

void add_alerts(Operations& operations) {
  using net::Method;
  const Json flag = {{"type", "boolean"}};
  const Json states = {{"type", "string"}, {"enum", {"open", "acknowledged", "closed"}}};
  const std::string base = "/api/v1/alerts", one = base + "/{alert}";
  operations.push_back({Method::Get,
                        base,
                        "what needs a person, the newest first",
                        {{"closed", "also what is over", flag}, {"state", "only those", states}},
                        {},
                        list_schema(Codec<Alert>::schema()),
                        list});
  operations.push_back(
      {Method::Post, one + "/acknowledge", "somebody has seen an open alert", {}, {}, {}, acknowledge});
  operations.push_back({Method::Delete, one, "closes an alert", {}, {}, {}, close});
}

} // namespace relevo::admin
