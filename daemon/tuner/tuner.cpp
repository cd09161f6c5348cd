// SPDX-License-Identifier: LGPL-2.1-or-later
// The devices, kept as the catalogue has them.
#include "tuner/tuner.hpp"

#include "announcer.hpp"
#include "base/text.hpp"
#include "control.hpp"
#include "discovery.hpp"
#include "ip/kind.hpp"
#include "net/guard.hpp"
#include "push.hpp"
#include "routes.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <fcntl.h>
#include <sys/socket.h>
#include <utility>

namespace relevo::tuner {
namespace {

constexpr std::chrono::seconds kMoment{1};        // in which changes are taken together
constexpr std::chrono::milliseconds kGlance{200}; // so old may be what is told of sessions

model::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string viewer_of(const sessions::SessionView& session) {
  if (!session.viewers.empty()) return session.viewers.front().who.address;
  return session.waiting.empty() ? std::string() : session.waiting.front().address;
}

std::vector<Play> plays_of(const std::vector<sessions::SessionView>& sessions) {
  std::vector<Play> plays;
  for (const auto& session : sessions) {
    if (session.viewers.empty() && session.waiting.empty()) continue;
    Play play{session.id, session.channel_uuid, session.channel_name, viewer_of(session), 0};
    for (const auto& candidate : session.candidates)
      if (candidate.stats.id == session.current)
        play.bitrate = static_cast<std::uint64_t>(candidate.stats.bitrate);
    plays.push_back(std::move(play));
  }
  return plays;
}

} // namespace

Tuner::Tuner(net::Server& server, const Log& log, sessions::Sessions& sessions, House house,
             Settings settings)
    : server_(server),
      log_(log),
      sessions_(sessions),
      house_(std::move(house)),
      settings_(std::move(settings)),
      open_(house_.endpoint.address.empty() || !net::is_loopback(house_.endpoint.address)),
      bank_({[this](unsigned tuner, const Station& station, const Target& target) {
               send(tuner, station, target);
             },
             [this](unsigned tuner) { sendings_.erase(tuner); }}),
      routes_(std::make_unique<Routes>(
          server_, log_, pool_,
          Routes::House{house_.database, house_.installation, house_.public_address,
                        [this](sqlite::Database& database) { return count(database); },
                        [this] { return states(); }})),
      pool_("tuner", 1) {}

Tuner::~Tuner() = default;

void Tuner::begin() {
  begun_ = true;
  if (open_)
    for (const auto port : settings_.ports)
      if (port != house_.endpoint.port) listen_below(port, std::string(kFirstDevice), "the HDHomeRun");
  load();
}

void Tuner::look_again() {
  changed_ = true;
  if (begun_ && !loading_ && !renewal_.active())
    renewal_ = gx::Source::after(nullptr, kMoment, [this] { load(); });
}

unsigned Tuner::count(sqlite::Database& database) const {
  if (settings_.tuners > 0) return std::min(settings_.tuners, kMostTuners);
  return count_tuners(load_providers(database), now(), {house_.connections, house_.streams});
}

std::vector<TunerState> Tuner::states() {
  look();
  return bank_.states();
}

/// A program, or a neighbour who means no good, asks a hundred things in one breath.
void Tuner::look() {
  const auto time = Bank::Time::clock::now();
  if (looked_ && time - *looked_ < kGlance) return;
  looked_ = time;
  bank_.see(plays_of(sessions_.view()));
}

void Tuner::load() {
  loading_ = true;
  changed_ = false;
  pool_.submit([this, alive = std::weak_ptr(alive_)](const gx::CancelToken&) {
    std::optional<Loaded> loaded;
    try {
      auto database = store::open_again(house_.database);
      loaded = {load_roster(database, house_.installation, settings_.profiles), count(database)};
    } catch (const std::exception& error) {
      log_.write(LogLevel::Error, concat("the HDHomeRun stays as it was: ", error.what()));
    }
    gx::post(nullptr, [this, alive, loaded = std::move(loaded)]() mutable {
      if (!alive.expired()) on_loaded(std::move(loaded));
    });
  });
}

void Tuner::on_loaded(std::optional<Loaded> loaded) {
  loading_ = false;
  if (loaded) apply(*std::move(loaded));
  if (changed_) look_again(); // meanwhile
}

void Tuner::apply(Loaded loaded) {
  auto& roster = loaded.roster;
  bank_.set(loaded.tuners, std::move(roster.stations));
  if (missing_ != roster.missing) {
    for (const auto& name : roster.missing)
      log_.write(LogLevel::Warning,
                 concat("there is no channel profile ", quote(name), " to make an HDHomeRun of"));
    missing_ = std::move(roster.missing);
  }
  if (!open_) return;
  std::vector<Offer> offers;
  for (const auto& placed : roster.devices)
    if (const auto port = port_of(placed); port != 0) offers.push_back({placed.device, port});
  const bool first = offers_.empty();
  const bool same = offers == offers_;
  if (announcer_) take_leave(offers);
  offers_ = std::move(offers);
  if (first && settings_.discovery) return start_discovery();
  if (!same && announcer_) announcer_->announce();
}

/// Of those that are found no more, while it is known where they were.
void Tuner::take_leave(const std::vector<Offer>& staying) {
  std::vector<std::string> leaving;
  for (const auto& offer : offers_)
    if (std::ranges::none_of(staying, [&](const Offer& one) { return one.device.uuid == offer.device.uuid; }))
      leaving.push_back(offer.device.uuid);
  if (!leaving.empty()) announcer_->take_leave(leaving);
}

/// 0: it has none of its own.
std::uint16_t Tuner::port_of(const Placed& placed) {
  if (placed.place == 0) return house_.endpoint.port;
  const auto [known, is_new] = ports_.emplace(placed.device.id, 0);
  if (is_new) known->second = open_port(placed);
  return known->second;
}

std::uint16_t Tuner::open_port(const Placed& placed) {
  const auto whose = concat("the HDHomeRun ", quote(placed.device.name));
  const auto path = concat(kFirstDevice, '/', hdhr::write(placed.device.id));
  const auto port = settings_.device_port + placed.place - 1;
  if (settings_.device_port != 0 && port <= 0xffff &&
      listen_below(static_cast<std::uint16_t>(port), path, whose))
    return static_cast<std::uint16_t>(port);
  log_.write(LogLevel::Info,
             concat(whose,
                    " is not found by itself: it needs a port of its own, for programs take no "
                    "address of more than ",
                    hdhr::kLongestBaseUrl, " characters; it is at ", path));
  return 0;
}

bool Tuner::listen_below(std::uint16_t port, const std::string& path, const std::string& whose) {
  const auto listening = server_.listen_below({house_.endpoint.address, port}, path);
  log_.write(LogLevel::Info, listening
                                 ? concat(whose, " is at port ", port)
                                 : concat(whose, " is not at port ", port, ": ", listening.error().message));
  return listening.has_value();
}

// ---- being found ----

/// What cannot be opened is said, and the rest works.
template <class T, class Open, class... Args>
void Tuner::start(std::unique_ptr<T>& part, const std::string& what, Open open, Args... args) {
  auto opened = open();
  if (opened)
    part = std::make_unique<T>(*std::move(opened), std::move(args)...);
  else
    log_.write(LogLevel::Warning, concat("the HDHomeRun ", what, ": ", opened.error().message));
}

void Tuner::start_discovery() {
  if (!house_.public_address.empty() && !can_be_found_at_public_address())
    log_.write(LogLevel::Info,
               concat("the HDHomeRun is found at addresses of this machine and not at the public one: "
                      "programs take http://, numbers of IPv4, and ",
                      hdhr::kLongestBaseUrl, " characters at most"));
  const auto welcomes = [this](const ip::IpAddress& address) { return is_welcome(address, house_.access); };
  const auto reply_of = [this](const Offer& offer, const std::string& own) {
    const auto base = base_of(offer, own);
    const auto tuners = static_cast<unsigned>(bank_.tuners());
    return hdhr::DiscoverReply{offer.device.id, tuners, base, concat(base, "/lineup.json"),
                               offer.device.auth};
  };
  const auto introduce = [this, reply_of](const std::string& peer) {
    std::vector<hdhr::DiscoverReply> replies;
    if (const auto own = address_towards(peer); serves(own))
      for (const auto& offer : offers_)
        replies.push_back(reply_of(offer, own));
    return replies;
  };
  const auto describe = [this](const std::string& own) {
    std::vector<hdhr::SsdpDevice> devices;
    for (const auto& offer : offers_)
      devices.push_back(
          {offer.device.uuid, concat(base_of(offer, own), "/device.xml"), "Linux/1 UPnP/1.0 Relevo/1"});
    return devices;
  };
  const auto answer = [this](const hdhr::GetSet& request, const std::string& from) {
    look();
    return bank_.answer(request, from, Bank::Time::clock::now());
  };
  start(
      discovery_, "cannot be looked for", [] { return DatagramPort::open(kHdhrPort, false); },
      Discovery::House{welcomes, introduce});
  start(
      control_, "cannot be told what to do", [this] { return Control::open(house_.endpoint.address); },
      Control::House{welcomes, answer});
  start(
      announcer_, "cannot be found by UPnP", [] { return DatagramPort::open(hdhr::kSsdpPort, true); },
      Announcer::House{welcomes, [this](const std::string& own) { return serves(own); }, describe});
  for (const auto& offer : offers_)
    log_.write(LogLevel::Info, concat("programs find the HDHomeRun ", hdhr::write(offer.device.id), ", ",
                                      quote(offer.device.name), ", with ", bank_.tuners(), " tuners"));
}

bool Tuner::serves(const std::string& own) const {
  const auto& address = house_.endpoint.address;
  if (own.empty() || address.empty() || address == own) return !own.empty();
  const auto listens_at = ip::IpAddress::parse(address); // 0.0.0.0 and :: are all addresses as well
  return listens_at && ip::kind_of(*listens_at) == ip::Kind::Unspecified;
}

bool Tuner::can_be_found_at_public_address() const {
  constexpr std::string_view kScheme = "http://";
  const std::string_view address = house_.public_address;
  if (!address.starts_with(kScheme) || address.size() > hdhr::kLongestBaseUrl) return false;
  const auto host = address.substr(kScheme.size());
  const auto number = ip::IpAddress::parse(host.substr(0, host.find(':')));
  return number && number->is_v4();
}

std::string Tuner::base_of(const Offer& offer, const std::string& own) const {
  const bool first = offer.port == house_.endpoint.port;
  if (first && can_be_found_at_public_address()) return house_.public_address;
  return concat("http://", own, ':', offer.port);
}

// ---- datagrams ----

void Tuner::send(unsigned tuner, const Station& station, const Target& target) {
  const auto number = ++last_sending_;
  const auto over = [this, alive = std::weak_ptr(alive_), tuner, number] {
    gx::post(nullptr, [this, alive, tuner, number] {
      if (!alive.expired()) on_sent_all(tuner, number);
    });
  };
  auto datagrams = connect_datagrams(target);
  int ends[2] = {-1, -1};
  if (!datagrams || ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    sendings_[tuner] = {number, nullptr};
    return over();
  }
  gx::Descriptor ours(ends[0]), theirs(ends[1]);
  fcntl(theirs.get(), F_SETFL, O_NONBLOCK);
  sendings_[tuner] = {number,
                      std::make_unique<Push>(std::move(ours), *std::move(datagrams), target.rtp, over)};
  house_.watch(station.uuid, {target.address, concat("HDHomeRun tuner ", tuner), {}}, std::move(theirs));
}

void Tuner::on_sent_all(unsigned tuner, std::uint64_t number) {
  const auto found = sendings_.find(tuner);
  if (found == sendings_.end() || found->second.number != number) return; // another one is under way
  sendings_.erase(found);
  bank_.on_sent_all(tuner);
}

std::vector<std::string> stream_patterns() {
  std::vector<std::string> patterns;
  for (const auto device : {std::string_view(), kFirstDevice, kNamedDevice}) {
    patterns.push_back(concat(device, "/auto/{station}"));
    for (unsigned tuner = 0; tuner < kMostTuners; ++tuner)
      patterns.push_back(concat(device, "/tuner", tuner, "/{station}"));
  }
  return patterns;
}

void explain(net::Response& response, NoStream why) {
  const auto say = [&response](unsigned status, const char* error) {
    response.status = status;
    response.headers.emplace_back("X-HDHomeRun-Error", error);
  };
  switch (why) {
  case NoStream::UnknownChannel: return say(404, "801 Unknown Channel");
  case NoStream::AllTunersInUse: return say(503, "805 All Tuners In Use");
  case NoStream::NoVideo: return say(503, "807 No Video Data");
  }
}

} // namespace relevo::tuner
