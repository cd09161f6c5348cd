// SPDX-License-Identifier: LGPL-2.1-or-later
// Web-hooks in the admin API.
#include "admin/web_hooks.hpp"
#include "answers.hpp"
#include "http/url.hpp"
#include "store/web_hooks.hpp"

namespace relevo::admin {

using model::WebHook;
using model::WebHookId;

template <>
const Fields<WebHook>& fields_of<WebHook>() {
  static const Fields<WebHook> kFields = {
      field("id", &WebHook::id, "its number", Use::ReadOnly),
      field("url", &WebHook::url, "to which is posted, http or https"),
      field("kinds", &WebHook::kinds, "of events that it is told of; none: alert-raised and alert-closed"),
      field("secret", &WebHook::secret,
            "with which the body is signed: X-Relevo-Signature is \"sha256=\" and its HMAC-SHA256; \"\": it "
            "is not",
            Use::WriteOnly),
      field("enabled", &WebHook::enabled, "whether it is told anything"),
      field("delivered", &WebHook::delivered, "when something was delivered last", Use::ReadOnly),
      field("message", &WebHook::message, "why the last delivery failed; \"\": it did not", Use::ReadOnly),
  };
  return kFields;
}

void check(const WebHook& hook) {
  if (!http::parse_url(hook.url)) refuse_invalid(Flaw::Url, "must be an http or https URL", "url");
}

namespace {

WebHook find(const Call& call) {
  auto hook = store::find_web_hook(call.database, call.id<WebHookId>("hook"));
  if (!hook) refuse_unknown("web-hook");
  return *std::move(hook);
}

net::Response save(const Call& call, WebHook hook, unsigned status) {
  apply(hook, call.body);
  check(hook);
  store::save_web_hook(call.database, hook);
  return answer(write(hook), status);
}

net::Response erase(const Call& call) {
  if (!store::erase_web_hook(call.database, call.id<WebHookId>("hook"))) refuse_unknown("web-hook");
  return nothing();
}

/// What went wrong is the answer, as it is in the list.
net::Response test(const Call& call) {
  const auto hook = find(call);
  model::PastEvent event;
  event.at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  event.kind = "test";
  event.summary = "a test: this address is told of what happens";
  const auto done = deliver(hook, event.kind, write_delivery(event), call.token);
  store::save_delivery(call.database, hook.id, done ? "" : done.error().message, call.now);
  return answer(write(find(call)));
}

} // namespace

void add_web_hooks(Operations& operations) {
  using net::Method;
  const Json hook = Codec<WebHook>::schema();
  const std::string base = "/api/v1/web-hooks", one = base + "/{hook}";
  operations.push_back(
      {Method::Get,
       base,
       "addresses that are told of what happens",
       {},
       {},
       list_schema(hook),
       [](const Call& call) { return answer(write(store::load_web_hooks(call.database))); }});
  operations.push_back({Method::Post, base, "a new web-hook", {}, hook, hook, [](const Call& call) {
                          return save(call, {}, kCreated);
                        }});
  operations.push_back({Method::Patch, one, "changes a web-hook", {}, hook, hook, [](const Call& call) {
                          return save(call, find(call), 200);
                        }});
  operations.push_back({Method::Delete, one, "takes a web-hook away", {}, {}, {}, erase});
  operations.push_back({Method::Post,
                        one + "/test",
                        "tells it something, once; the answer says how that went",
                        {},
                        {},
                        hook,
                        test});
}

} // namespace relevo::admin
