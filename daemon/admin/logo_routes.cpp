// SPDX-License-Identifier: LGPL-2.1-or-later
// From a channel or a stream to the address of its logo. No address comes from who asks: a page of a stranger
// must not make the daemon go where it wants.
#include "logo_routes.hpp"

#include "admin/api.hpp"
#include "admin/ranks.hpp"
#include "sources/own_host.hpp"
#include "store/accounts.hpp"
#include "store/channels.hpp"
#include "store/streams.hpp"

#include <memory>
#include <utility>

namespace relevo::admin {
namespace {

using logos::Wish;
using net::Method;
using net::Reply;
using net::Request;
using net::Response;

constexpr unsigned kOk = 200, kNotFound = 404;
/// An SVG that is opened by itself is a document, which might run something.
constexpr const char* kContentPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

Wish wish_for(const Call& call, const model::Stream& stream, const ip::Reach& rules) {
  const auto account = store::find_account(call.database, stream.account);
  if (!account) refuse_unknown("account");
  return {stream.logo, account->requests, sources::own_url_of(*account),
          sources::reach_from(sources::own_host_of(*account), rules)};
}

Wish look_up_stream(const Call& call, const ip::Reach& rules) {
  const auto stream = store::find_stream(call.database, call.id<model::StreamId>("stream"));
  if (!stream) refuse_unknown("stream");
  return wish_for(call, *stream, rules);
}

/// Where none of its streams has this logo, nobody knows who told of it: it may lead nowhere inside.
Wish look_up_channel(const Call& call, const ip::Reach& rules) {
  const auto channel = store::find_channel(call.database, call.id<model::ChannelId>("channel"));
  if (!channel) refuse_unknown("channel");
  for (const auto& one : store::load_channel_streams(call.database, channel->id)) {
    const auto stream = store::find_stream(call.database, one.stream);
    if (stream && stream->logo == channel->logo) return wish_for(call, *stream, rules);
  }
  return {channel->logo, {}, "", sources::reach_from("", rules)};
}

LogoRoute route(const std::string& path, const std::string& summary, LookUpLogo look_up) {
  const std::vector<Parameter> parameters = {
      {"version", "anything; browsers keep for a day what they got for the same", {{"type", "string"}}}};
  return {{Method::Get, path, summary, parameters, {}, {}, {}}, look_up};
}

Response answer(const logos::Found& found) {
  if (!found) {
    auto refusal = net::error_response(kNotFound, "no-logo", found.error().message);
    refusal.headers.emplace_back("Cache-Control", "private, max-age=60");
    return refusal;
  }
  Response picture;
  picture.body = found->bytes;
  picture.content_type = content_type_of(found->kind);
  picture.etag = digest_of(*found);
  picture.headers = {{"Cache-Control", "private, max-age=86400"},
                     {"Content-Security-Policy", kContentPolicy},
                     {"X-Content-Type-Options", "nosniff"}};
  return picture;
}

} // namespace

std::vector<LogoRoute> logo_routes() {
  return {route("/api/v1/channels/{channel}/logo", "its logo, as a picture", look_up_channel),
          route("/api/v1/streams/{stream}/logo", "its logo, as a picture", look_up_stream)};
}

/// The pool of the API looks up what is wanted; nobody waits in it for a provider.
void Api::serve_logos() {
  for (const auto& [operation, look_up] : logo_routes())
    server_.serve({operation.method, operation.path, operation.summary,
                   [this, operation = operation, look_up = look_up](Request request, Reply reply) {
                     const auto asked = std::make_shared<Request>(std::move(request));
                     const auto waiting = std::make_shared<Reply>(std::move(reply));
                     pool_.submit([=, this](const gx::CancelToken&) {
                       send_logo(operation, look_up, *asked, waiting);
                     });
                   },
                   access_for(operation.method, operation.path)});
}

void Api::send_logo(Operation operation, LookUpLogo look_up, const Request& request,
                    const std::shared_ptr<Reply>& reply) {
  Wish wish;
  operation.run = [&](const Call& call) {
    wish = look_up(call, settings_.reach);
    return wish.url.empty() ? net::error_response(kNotFound, "no-logo", "it has no logo") : Response{};
  };
  auto looked_up = perform(operation, request, settings_.database, reply->gone(), log_);
  if (looked_up.status != kOk) return std::move(*reply).send(std::move(looked_up));
  logos_.find(std::move(wish), reply->gone(),
              [reply](const logos::Found& found) { std::move(*reply).send(answer(found)); });
}

} // namespace relevo::admin
