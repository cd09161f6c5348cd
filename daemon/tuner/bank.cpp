// SPDX-License-Identifier: LGPL-2.1-or-later
#include "tuner/bank.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relevo::tuner {
namespace {

// The carriers of American stations in UHF: every program that scans looks at them, from the last to the
// first.
constexpr unsigned kFirstCarrier = 14, kLastCarrier = 36;
constexpr unsigned kCarriers = kLastCarrier - kFirstCarrier + 1;
constexpr unsigned kFirstHz = 470'000'000,
                   kCarrierHz = 6'000'000; // where the first begins, and how wide they are
constexpr unsigned kLowestHz = 1'000'000;  // smaller numbers are those of carriers
constexpr unsigned kBitsPerDatagram = 7 * 188 * 8;

constexpr std::string_view kNone = "none";

struct Fact {
  std::string_view name, value;
};
constexpr std::array kFacts = {
    Fact{"/sys/model", kFirmwareName},
    Fact{"/sys/hwmodel", kModel},
    Fact{"/sys/version", kFirmwareVersion},
    Fact{"/sys/copyright", "Relevo is free software (LGPL-2.1-or-later)"},
    Fact{"/sys/features", "channelmap: us-bcast\nmodulation: 8vsb\nauto-modulation: auto\n"},
    Fact{"/sys/debug", kNone},
    Fact{"help",
         "/sys/model\n/sys/hwmodel\n/sys/version\n/sys/features\n/tuner<n>/channel\n/tuner<n>/vchannel\n"
         "/tuner<n>/channelmap\n/tuner<n>/filter\n/tuner<n>/program\n/tuner<n>/target\n/tuner<n>/status\n"
         "/tuner<n>/vstatus\n/tuner<n>/streaminfo\n/tuner<n>/lockkey\n/tuner<n>/debug\n"},
};

/// Of "auto:515000000", "8vsb:21", "21"; nullopt: there is none of ours. The error: it is no channel.
Result<std::optional<unsigned>> parse_carrier(std::string_view text) {
  const auto number = parse_number<unsigned>(text.substr(text.rfind(':') + 1));
  if (!number) return fail("invalid channel");
  auto carrier = *number;
  if (carrier >= kLowestHz) {
    if (carrier < kFirstHz) return std::nullopt;
    carrier = kFirstCarrier + (carrier - kFirstHz) / kCarrierHz;
  }
  if (carrier < kFirstCarrier || carrier > kLastCarrier) return std::nullopt;
  return carrier;
}

} // namespace

Result<Target> parse_target(std::string_view text) {
  Target target;
  target.rtp = text.starts_with("rtp://");
  if (!target.rtp && !text.starts_with("udp://")) return fail("invalid target");
  text = text.substr(6, text.find(' ') - 6);
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return fail("invalid target");
  const auto address = ip::IpAddress::parse(text.substr(0, colon));
  const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
  if (!address || !port || *port == 0) return fail("invalid target");
  target.address = address->text();
  target.port = *port;
  return target;
}

void Bank::set(unsigned tuners, Stations stations) {
  stations_ = std::move(stations);
  for (std::size_t i = tuners; i < tuners_.size(); ++i)
    if (tuners_[i].sending) hooks_.stop(static_cast<unsigned>(i));
  tuners_.resize(tuners);
  for (std::size_t i = 0; i < tuners_.size(); ++i) {
    follow(i);
    send_or_stop(i);
  }
}

void Bank::see(const std::vector<Play>& plays) {
  std::vector<const Play*> unseen;
  for (auto& tuner : tuners_)
    if (tuner.held()) tuner.play.reset();
  for (const auto& play : plays) {
    const auto shows = [&play](const Tuner& tuner) {
      return tuner.sending ? tuner.sending->station == play.channel
                           : tuner.play && tuner.play->session == play.session;
    };
    const auto shown = std::ranges::find_if(tuners_, shows);
    if (shown != tuners_.end())
      shown->play = play;
    else
      unseen.push_back(&play);
  }
  for (auto& tuner : tuners_)
    if (tuner.play && std::ranges::find(plays, tuner.play->session, &Play::session) == plays.end())
      tuner.play.reset();
  for (const Play* play : unseen) {
    const auto free =
        std::ranges::find_if(tuners_, [](const Tuner& tuner) { return !tuner.play && !tuner.held(); });
    if (free == tuners_.end()) return;
    free->play = *play;
  }
}

std::string Bank::answer(const hdhr::GetSet& request, const std::string& from, Time now) {
  forget_old_locks(now);
  auto name = request.name;
  const auto index = find_tuner(name);
  const bool known = read(request.name).has_value();
  if (!known) return hdhr::write_get_set_error("unknown getset variable");
  if (request.value) {
    if (index == tuners_.size()) return hdhr::write_get_set_error("this cannot be set");
    if (const auto refusal = write(index, name, request, from, now))
      return hdhr::write_get_set_error(*refusal);
    send_or_stop(index);
  }
  return hdhr::write_get_set_reply(request.name, *read(request.name));
}

void Bank::on_sent_all(unsigned index) {
  if (index >= tuners_.size()) return;
  Tuner& tuner = tuners_[index];
  tuner.target.reset();
  tuner.target_text = kNone;
  tuner.sending.reset();
  tuner.play.reset();
  tuner.key = 0;
}

std::vector<TunerState> Bank::states() const {
  std::vector<TunerState> states;
  for (const auto& tuner : tuners_)
    states.push_back(state_of(tuner));
  return states;
}

TunerState Bank::state_of(const Tuner& tuner) const {
  TunerState state;
  if (tuner.play) {
    const auto known = std::ranges::find(stations_, tuner.play->channel, &Station::uuid);
    state.number = known == stations_.end() ? "0" : known->number;
    state.name = tuner.play->name;
    state.target = tuner.play->viewer;
    state.bitrate = tuner.play->bitrate;
  } else if (const Station* station = station_of(tuner)) {
    state.number = station->number;
    state.name = station->name;
  }
  if (tuner.target) state.target = tuner.target->address;
  return state;
}

// ---- what is read ----

/// Takes "/tuner1/" away from "/tuner1/status".
std::size_t Bank::find_tuner(std::string_view& name) const {
  constexpr std::string_view kStart = "/tuner";
  if (!name.starts_with(kStart)) return tuners_.size();
  const auto end = name.find('/', kStart.size());
  if (end == std::string_view::npos) return tuners_.size();
  const auto number = parse_number<unsigned>(name.substr(kStart.size(), end - kStart.size()));
  if (!number || *number >= tuners_.size()) return tuners_.size();
  name.remove_prefix(end + 1);
  return *number;
}

std::optional<std::string> Bank::read(std::string_view name) const {
  if (const auto index = find_tuner(name); index < tuners_.size()) return read(tuners_[index], name);
  const auto fact = std::ranges::find(kFacts, name, &Fact::name);
  if (fact == kFacts.end()) return std::nullopt;
  return std::string(fact->value);
}

std::optional<std::string> Bank::read(const Tuner& tuner, std::string_view name) const {
  const auto state = state_of(tuner);
  const bool idle = state.number.empty();
  if (name == "status") return write_signal(tuner);
  if (name == "debug") return concat("tun: ", write_signal(tuner), '\n');
  if (name == "vstatus")
    return idle ? "vch=none name=none auth=none cci=none cgms=none"
                : concat("vch=", state.number, " name=", state.name, " auth=unspecified cci=none cgms=none");
  if (name == "streaminfo") return write_stations(tuner);
  if (name == "channel") return tuner.channel;
  if (name == "vchannel") return idle ? std::string(kNone) : state.number;
  if (name == "program") return std::to_string(tuner.programme);
  if (name == "filter") return tuner.filter;
  if (name == "channelmap") return "us-bcast";
  if (name == "target") return tuner.target_text;
  if (name == "lockkey") return tuner.key == 0 ? std::string(kNone) : tuner.owner;
  return std::nullopt;
}

std::string Bank::write_signal(const Tuner& tuner) const {
  const auto carrier = carrier_of(tuner);
  if (!carrier && !tuner.play) return concat("ch=", tuner.channel, " lock=none ss=0 snq=0 seq=0 bps=0 pps=0");
  const auto bitrate = tuner.play ? tuner.play->bitrate : 0;
  const auto channel = carrier ? concat("8vsb:", *carrier) : concat("vch:", state_of(tuner).number);
  return concat("ch=", channel, " lock=8vsb ss=100 snq=100 seq=100 bps=", bitrate,
                " pps=", bitrate / kBitsPerDatagram);
}

std::string Bank::write_stations(const Tuner& tuner) const {
  const auto carrier = carrier_of(tuner);
  if (!carrier) return std::string(kNone);
  std::string text;
  std::size_t programme = 0;
  for (const auto& station : stations_on(*carrier))
    text += concat(++programme, ": ", station.number, ' ', station.name, '\n');
  return text +=
         concat("tsid=0x00", "0123456789abcdef"[*carrier >> 4], "0123456789abcdef"[*carrier & 0xf], '\n');
}

// ---- where stations are ----

std::size_t Bank::stations_per_carrier() const noexcept {
  return std::max<std::size_t>((stations_.size() + kCarriers - 1) / kCarriers, 1);
}

std::span<const Station> Bank::stations_on(unsigned carrier) const {
  const auto first = std::min((kLastCarrier - carrier) * stations_per_carrier(), stations_.size());
  return std::span(stations_).subspan(first, std::min(stations_per_carrier(), stations_.size() - first));
}

/// That sends something.
std::optional<unsigned> Bank::carrier_of(const Tuner& tuner) const {
  if (tuner.carrier && !stations_on(*tuner.carrier).empty()) return tuner.carrier;
  const Station* station = station_of(tuner);
  if (!station && tuner.play) {
    const auto known = std::ranges::find(stations_, tuner.play->channel, &Station::uuid);
    if (known != stations_.end()) station = &*known;
  }
  if (!station) return std::nullopt;
  return carrier_at(static_cast<std::size_t>(station - stations_.data()));
}

unsigned Bank::carrier_at(std::size_t place) const noexcept {
  return kLastCarrier - static_cast<unsigned>(place / stations_per_carrier());
}

const Station* Bank::station_of(const Tuner& tuner) const {
  if (!tuner.station.empty()) {
    const auto found = std::ranges::find(stations_, tuner.station, &Station::number);
    return found == stations_.end() ? nullptr : &*found;
  }
  if (!tuner.carrier) return nullptr;
  const auto stations = stations_on(*tuner.carrier);
  const auto index = std::max<std::size_t>(tuner.programme, 1) - 1;
  return index < stations.size() ? &stations[index] : nullptr;
}

// ---- what is written ----

Bank::Refusal Bank::write(std::size_t index, std::string_view name, const hdhr::GetSet& request,
                          const std::string& from, Time now) {
  Tuner& tuner = tuners_[index];
  if (tuner.play && !tuner.held()) return concat("resource locked by ", tuner.play->viewer);
  if (name == "lockkey") return write_lock(tuner, request, from, now);
  if (tuner.key != 0 && tuner.key != request.lock_key) return concat("resource locked by ", tuner.owner);
  tuner.used = now;
  return write_value(tuner, name, *request.value, from);
}

Bank::Refusal Bank::write_lock(Tuner& tuner, const hdhr::GetSet& request, const std::string& from, Time now) {
  if (*request.value == "force") {
    tuner.key = 0;
    return std::nullopt;
  }
  if (tuner.key != 0 && tuner.key != request.lock_key) return concat("resource locked by ", tuner.owner);
  if (*request.value == kNone) {
    tuner.key = 0;
    return std::nullopt;
  }
  const auto key = parse_number<std::uint32_t>(*request.value);
  if (!key || *key == 0) return "invalid lockkey";
  tuner.key = *key;
  tuner.owner = from;
  tuner.used = now;
  return std::nullopt;
}

Bank::Refusal Bank::write_value(Tuner& tuner, std::string_view name, std::string_view value,
                                const std::string& from) {
  if (name == "channel") return write_channel(tuner, value);
  if (name == "vchannel") return write_station(tuner, value);
  if (name == "target") return write_target(tuner, value, from);
  if (name == "channelmap") return value == "us-bcast" ? Refusal() : "invalid channelmap";
  if (name == "filter") {
    tuner.filter = value;
    return std::nullopt;
  }
  if (name == "program") {
    const auto number = parse_number<std::uint16_t>(value);
    if (!number && value != kNone) return "invalid program";
    tuner.programme = number.value_or(0);
    return std::nullopt;
  }
  return "this cannot be set";
}

Bank::Refusal Bank::write_channel(Tuner& tuner, std::string_view value) {
  std::optional<unsigned> carrier;
  if (value != kNone) {
    const auto parsed = parse_carrier(value);
    if (!parsed) return parsed.error().message;
    carrier = *parsed;
  }
  tuner.channel = value;
  tuner.carrier = carrier;
  tuner.programme = 0;
  tuner.station.clear();
  return std::nullopt;
}

Bank::Refusal Bank::write_station(Tuner& tuner, std::string_view value) {
  if (value == kNone) return write_channel(tuner, value);
  if (std::ranges::find(stations_, value, &Station::number) == stations_.end())
    return "unknown virtual channel";
  tuner.station = value;
  tuner.carrier.reset();
  tuner.programme = 0;
  tuner.channel = concat("8vsb:", carrier_of(tuner).value_or(kLastCarrier));
  return std::nullopt;
}

Bank::Refusal Bank::write_target(Tuner& tuner, std::string_view value, const std::string& from) {
  std::optional<Target> target;
  if (value != kNone) {
    const auto parsed = parse_target(value);
    if (!parsed) return parsed.error().message;
    // Nobody is to get a flood that he has not asked for.
    if (parsed->address != from) return "the target has to be who asks";
    target = *parsed;
  }
  tuner.target = target;
  tuner.target_text = value;
  return std::nullopt;
}

/// What is sent stays the same station, where it has another number or place now. Of one that has gone there
/// is nothing to send; another that has its number is not what was wanted.
void Bank::follow(std::size_t index) {
  Tuner& tuner = tuners_[index];
  if (!tuner.sending) return;
  const auto station = std::ranges::find(stations_, tuner.sending->station, &Station::uuid);
  if (station == stations_.end()) {
    hooks_.stop(static_cast<unsigned>(index));
    return on_sent_all(static_cast<unsigned>(index));
  }
  if (station_of(tuner) == &*station) return;
  const auto place = static_cast<std::size_t>(station - stations_.begin());
  const auto carrier = carrier_at(place);
  tuner.channel = concat("8vsb:", carrier);
  if (!tuner.station.empty()) {
    tuner.station = station->number;
  } else {
    tuner.carrier = carrier;
    tuner.programme = place % stations_per_carrier() + 1;
  }
}

/// What is sent follows from what was set.
void Bank::send_or_stop(std::size_t index) {
  Tuner& tuner = tuners_[index];
  const Station* station = station_of(tuner);
  std::optional<Sending> wanted;
  if (station && tuner.target) wanted = Sending{station->uuid, *tuner.target};
  if (tuner.sending == wanted) return;
  if (tuner.sending) {
    hooks_.stop(static_cast<unsigned>(index));
    tuner.play.reset(); // that it was
  }
  tuner.sending = wanted;
  if (wanted) hooks_.start(static_cast<unsigned>(index), *station, wanted->target);
}

void Bank::forget_old_locks(Time now) {
  for (auto& tuner : tuners_)
    if (tuner.key != 0 && !tuner.target && now - tuner.used > kLockAge) tuner.key = 0;
}

} // namespace relevo::tuner
