// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to guests.
#include "app/playback.hpp"

#include "base/text.hpp"
#include "channel/channel_pipeline.hpp"
#include "gx/descriptor.hpp"
#include "store/channels.hpp"
#include "store/store.hpp"
#include "store/stream_profiles.hpp"
#include "tuner/documents.hpp"
#include "tuner/tuner.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/socket.h>
#include <utility>

namespace relevo::app {
namespace {

constexpr std::chrono::milliseconds kMoment{300}; // in which changes are taken together

model::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string_view without_end(std::string_view name) {
  constexpr std::string_view kEnd = ".ts";
  if (name.ends_with(kEnd)) name.remove_suffix(kEnd.size());
  return name;
}

/// The fan-out then finds that the player has gone.
std::function<void()> shutting(int socket) {
  auto copy = std::make_shared<gx::Descriptor>(fcntl(socket, F_DUPFD_CLOEXEC, 0));
  return [copy = std::move(copy)] { ::shutdown(copy->get(), SHUT_RDWR); };
}

tuner::NoStream reason_of(const net::Response& refusal, bool full) {
  if (refusal.status == 404) return tuner::NoStream::UnknownChannel;
  return full || refusal.status == 429 ? tuner::NoStream::AllTunersInUse : tuner::NoStream::NoVideo;
}

/// In the words of an HDHomeRun.
net::Response explained(net::Response refusal, bool full) {
  tuner::explain(refusal, reason_of(refusal, full));
  return refusal;
}

/// As players of other kinds are answered.
net::Response unchanged(net::Response refusal, bool) {
  return refusal;
}

sessions::Guest make_guest(const net::Request& request, net::LiveSocket socket, std::shared_ptr<void> place,
                           Playback::Wording wording = unchanged) {
  sessions::Guest guest;
  guest.who = {request.peer, std::string(request.header("User-Agent")), request.asker.name};
  guest.socket = std::move(socket.descriptor);
  guest.head = net::write_live_head();
  guest.priority = request.asker.priority;
  guest.ticket = std::make_shared<std::pair<std::shared_ptr<void>, std::shared_ptr<void>>>(socket.ticket,
                                                                                           std::move(place));
  guest.on_refused = [ticket = std::move(socket.ticket), wording](sessions::Refused refused) {
    const bool elsewhere = !refused.location.empty();
    const auto response = elsewhere
                              ? answer_for(refused)
                              : wording(answer_for(refused), refused.cause == sessions::Cause::NoConnection);
    net::answer({std::move(refused.socket), ticket}, response);
  };
  return guest;
}

} // namespace

Playback::Playback(net::Server& server, const Log& log, std::string database, std::size_t streams,
                   sessions::Settings settings, sessions::Sessions::Tell tell, sessions::Memory memory)
    : log_(log),
      database_(std::move(database)),
      usual_profile_(settings.stream_profile),
      doorkeeper_(database_, streams),
      sessions_(
          std::move(settings), slots::Ledger(),
          [this](std::string_view reference) { return find(reference); },
          [&log, tell = std::move(tell)](const sessions::Event& event) {
            log.write(LogLevel::Info, describe(event));
            tell(event);
          },
          std::move(memory)),
      hls_(server, sessions_, doorkeeper_) {
  channel::initialise();
  check_usual_profile();
  sessions_.open_neighbours(
      [this](const sessions::Plan& plan, unsigned each_side) { return find_neighbours(plan, each_side); });
  constexpr const char* kUsual =
      "a channel as MPEG-TS that does not end: its uuid, number or id, with .ts or without";
  constexpr const char* kById = "the same by its id, as players of panels have it";
  // The second is the address that players know from another server.
  for (const auto& [path, summary] : {std::pair("/stream/{channel}", kUsual),
                                      {"/proxy/ts/stream/{channel}", kUsual},
                                      {"/live/{username}/{password}/{id:number}", kById},
                                      {"/live/{username}/{password}/{id:number}.ts", kById},
                                      {"/{username}/{password}/{id:number}", kById},
                                      {"/{username}/{password}/{id:number}.ts", kById}})
    server.serve({net::Method::Get, path, summary,
                  [this](const net::Request& request, net::LiveReply reply) {
                    watch(request, std::move(reply), without_end(reference_of(request)), unchanged);
                  },
                  net::Access::Player});
  for (const auto& pattern : tuner::stream_patterns())
    server.serve({net::Method::Get, pattern, "a channel by its number, as of an HDHomeRun: v5.1",
                  [this](const net::Request& request, net::LiveReply reply) {
                    const auto number = tuner::station_in(request.parameter("station"));
                    watch(request, std::move(reply), concat("number:", number), explained);
                  },
                  net::Access::Player});
  server.serve(
      {net::Method::Get, "/play/{account}/{stream}",
       "one stream alone, to look at it: the name or id of its account, and its id, with .ts or without",
       [this](const net::Request& request, net::LiveReply reply) { preview(request, std::move(reply)); },
       net::Access::Player});
}

std::optional<sessions::Plan> Playback::find(std::string_view reference) const {
  auto database = store::open_again(database_);
  const auto channel = sessions::find_channel(database, reference);
  if (!channel) return std::nullopt;
  return sessions::make_plan(database, *channel, now(), usual_profile_);
}

std::vector<std::string> Playback::find_neighbours(const sessions::Plan& plan, unsigned each_side) const {
  auto database = store::open_again(database_);
  const auto channel = store::find_channel(database, plan.channel);
  if (!channel || !channel->number) return {};
  return store::load_neighbours(database, *channel->number, each_side);
}

void Playback::check_usual_profile() const {
  auto database = store::open_again(database_);
  const auto profiles = store::load_stream_profiles(database);
  if (std::ranges::find(profiles, usual_profile_, &model::StreamProfile::name) == profiles.end())
    log_.write(LogLevel::Warning, concat("there is no stream profile ", quote(usual_profile_),
                                         ": streams are read as by Proxy until there is"));
}

void Playback::watch(const net::Request& request, net::LiveReply reply, std::string_view reference,
                     Wording wording) {
  auto socket = std::move(reply).take();
  auto place = doorkeeper_.admit(request, reference, shutting(socket.descriptor.get()));
  if (!place) return net::answer(std::move(socket), wording(std::move(place.error()), false));
  sessions_.watch(reference, make_guest(request, std::move(socket), *std::move(place), wording));
}

void Playback::watch(std::string_view reference, sessions::Viewer who, gx::Descriptor socket) {
  net::Request asking;
  asking.peer = who.address;
  asking.headers.emplace_back("User-Agent", who.agent);
  auto place = doorkeeper_.admit(asking, reference, shutting(socket.get()));
  if (!place) return;
  sessions::Guest guest;
  guest.who = std::move(who);
  guest.socket = std::move(socket);
  guest.ticket = *std::move(place);
  sessions_.watch(reference, std::move(guest));
}

/// A route of players, who show what players can. But nobody's profile says which streams he sees.
void Playback::preview(const net::Request& request, net::LiveReply reply) {
  if (request.asker.rank < net::Access::Operator)
    return std::move(reply).send(
        net::error_response(403, "role", "only operators may look at single streams"));
  auto database = store::open_again(database_);
  const auto stream = parse_number<std::int64_t>(without_end(request.parameter("stream")));
  auto plan = stream ? sessions::make_preview(database, request.parameter("account"), {*stream}, now(),
                                              usual_profile_)
                     : std::nullopt;
  if (!plan)
    return std::move(reply).send(net::error_response(404, "not-found", "the account has no such stream"));
  auto socket = std::move(reply).take();
  auto place = doorkeeper_.admit_preview(request, {*stream}, shutting(socket.descriptor.get()));
  if (!place) return net::answer(std::move(socket), place.error());
  sessions_.watch(std::move(*plan), make_guest(request, std::move(socket), *std::move(place)));
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
