// SPDX-License-Identifier: LGPL-2.1-or-later
// What needs a person.
#include "store/alerts.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"

namespace relevo::admin {

void add_alerts(Operations& operations) {
  const Json flag = {{"type", "boolean"}};
  operations.push_back({net::Method::Get,
                        "/api/v1/alerts",
                        "what needs a person, the newest first",
                        {{"closed", "also what is over", flag}},
                        {},
                        list_schema(Codec<model::Alert>::schema()),
                        [](const Call& call) {
                          const bool closed = read_flag(call.request, "closed").value_or(false);
                          return answer(write(store::load_alerts(call.database, closed)));
                        }});
  operations.push_back(
      {net::Method::Delete, "/api/v1/alerts/{alert}", "closes an alert", {}, {}, {}, [](const Call& call) {
         if (!store::close_alert(call.database, call.id<model::AlertId>("alert"), call.now))
           refuse_unknown("alert");
         return nothing();
       }});
}

} // namespace relevo::admin
