// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to guests.
#include "app/playback.hpp"

#include "base/text.hpp"
#include "channel/channel_pipeline.hpp"
#include "store/store.hpp"

namespace relevo::app {
namespace {

constexpr std::chrono::milliseconds kMoment{300}; // in which changes are taken together

std::string_view reference_in(std::string_view name) {
  constexpr std::string_view kEnd = ".ts";
  if (name.ends_with(kEnd)) name.remove_suffix(kEnd.size());
  return name;
}

net::Response answer_for(const sessions::Refused& refused) {
  const char* code = refused.status == 404 ? "not-found" : refused.status == 503 ? "unavailable" : "failed";
  auto response = net::error_response(static_cast<unsigned>(refused.status), code, refused.reason);
  if (refused.retry_after.count() > 0)
    response.headers.emplace_back("Retry-After", std::to_string(refused.retry_after.count()));
  return response;
}

} // namespace

Playback::Playback(net::Server& server, const Log& log, std::string database, sessions::Settings settings,
                   sessions::Sessions::Tell tell, sessions::Memory memory)
    : log_(log),
      database_(std::move(database)),
      sessions_(
          std::move(settings), slots::Ledger(),
          [this](std::string_view reference) { return find(reference); },
          [&log, tell = std::move(tell)](const sessions::Event& event) {
            log.write(LogLevel::Info, describe(event));
            tell(event);
          },
          std::move(memory)) {
  channel::initialise();
  server.serve(
      {net::Method::Get, "/stream/{channel}",
       "a channel as MPEG-TS that does not end: its uuid, number or id, with .ts or without",
       [this](const net::Request& request, net::LiveReply reply) { stream(request, std::move(reply)); }});
}

std::optional<sessions::Plan> Playback::find(std::string_view reference) const {
  auto database = store::open_again(database_);
  const auto channel = sessions::find_channel(database, reference);
  if (!channel) return std::nullopt;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return sessions::make_plan(database, *channel, now);
}

void Playback::stream(const net::Request& request, net::LiveReply reply) {
  auto [socket, ticket] = std::move(reply).take();
  sessions::Guest guest;
  guest.who = {request.peer, std::string(request.header("User-Agent"))};
  guest.socket = std::move(socket);
  guest.head = net::write_live_head();
  guest.ticket = ticket;
  guest.on_refused = [ticket = ticket](sessions::Refused refused) {
    const auto response = answer_for(refused);
    net::answer({std::move(refused.socket), ticket}, response);
  };
  sessions_.watch(reference_in(request.parameter("channel")), std::move(guest));
}

std::function<void()> Playback::renewer() {
  return [this, alive = std::weak_ptr(alive_)] {
    if (alive.expired() || renewal_.active()) return;
    renewal_ = gx::Source::after(nullptr, kMoment, [this] { renew(); });
  };
}

void Playback::renew() {
  try {
    sessions_.renew();
  } catch (const sqlite::Failure& failure) {
    log_.write(LogLevel::Error, concat("what plays goes on as it was: ", failure.what()));
  }
}

} // namespace relevo::app
