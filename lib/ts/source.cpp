// SPDX-License-Identifier: LGPL-2.1-or-later
// One source of a channel: which units are whole, where it can be entered, what may be sent.
#include "ts/source.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace relevo::ts {
namespace {

constexpr Ticks kLookBack = 1 * kTicksPerSecond;     // sound kept from before an entry, to close a gap in it
constexpr Ticks kForwardJump = 2 * kTicksPerSecond;  // more than this between two pictures is another clock
constexpr Ticks kBackwardJump = kTicksPerSecond / 2; // stamps of careless muxers step back by less
constexpr Pcr kMaxBlocked = 2 * kPcrPerSecond;       // a unit that is open for longer holds everything up
constexpr std::size_t kMaxHeld = (32U << 20) / kPacketSize;
constexpr std::int64_t kMaxReorder = 16; // pictures that a codec may hold back

} // namespace

Pcr Source::unwrap_pcr(Pcr raw) const noexcept {
  return stamps_.peek(raw / kPcrPerTick) * kPcrPerTick + raw % kPcrPerTick;
}

void Source::restart() {
  held_.clear();
  units_.clear();
  joints_.clear();
  waiting_pictures_.clear();
  for (Stream& stream : streams_)
    stream.unit = kNoUnit;
  barrier_ = held_.end();
  await_entry(held_.end());
}

void Source::seal() noexcept {
  for (std::uint64_t n = units_.begin(); n != units_.end(); ++n)
    if (units_[n].state != Unit::State::Ready) units_[n].state = Unit::State::Dropped;
  waiting_pictures_.clear();
  for (Stream& stream : streams_)
    stream.unit = kNoUnit;
}

bool Source::at_joint() noexcept {
  if (joints_.empty()) return false;
  static_cast<void>(front()); // takes dropped packets in front of it out of the way
  return held_.begin() >= joints_.front().at;
}

Joint Source::take_joint() {
  Joint joint = std::move(joints_.front());
  joints_.erase(joints_.begin());
  return joint;
}

std::uint64_t Source::reach() const noexcept {
  const std::uint64_t end = awaiting_entry_ ? barrier_ : held_.end();
  return joints_.empty() ? end : std::min(end, joints_.front().at);
}

HeldPacket* Source::front() noexcept {
  const std::uint64_t end = awaiting_entry_ ? barrier_ : held_.end();
  while (held_.begin() < end) {
    HeldPacket& packet = held_[held_.begin()];
    if (packet.unit != kNoUnit) {
      const Unit::State state = units_[packet.unit].state;
      if (state == Unit::State::Ready) return &packet;
      if (state != Unit::State::Dropped) return nullptr;
    } else if (packet.stream != kNoStream) {
      return &packet;
    }
    pop();
  }
  return nullptr;
}

void Source::pop() noexcept {
  const std::uint64_t number = held_[held_.begin()].unit;
  if (number != kNoUnit) --units_[number].packets;
  held_.pop();
  const auto done = [](const Unit& unit) {
    return unit.packets == 0 && (unit.state == Unit::State::Ready || unit.state == Unit::State::Dropped);
  };
  while (!units_.empty() && done(units_[units_.begin()]))
    units_.pop();
}

void Source::on_packet(PacketView packet) {
  ++counters_.packets;
  if (packet.transport_error()) {
    ++counters_.transport_errors; // not even its PID can be trusted; the gap shows in the continuity counter
    return;
  }
  if (!packet.well_formed()) {
    ++counters_.malformed_packets;
    return;
  }
  const Pid pid = packet.pid();
  if (psi_.follows(pid)) {
    if (psi_.push(packet)) on_layout();
    return;
  }
  const std::uint8_t route = route_[pid];
  if (route == kNoStream) return;
  if (packet.has_adaptation() && pid == psi_.pmt()->pcr_pid)
    if (const auto pcr = packet.pcr()) pcr_ = pcr;
  if (held_.size() > kMaxHeld) unblock(); // otherwise done where units begin, which they may never do again
  if (route < kMaxStreams) return on_stream_packet(route, packet);
  if (!awaiting_entry_ && (route == kTimeStream || packet.has_pcr())) hold(packet, kNoUnit, route);
}

void Source::on_stream_packet(std::uint8_t index, PacketView packet) {
  Stream& stream = streams_[index];
  if (packet.scrambling() != 0) {
    ++counters_.scrambled_packets;
    drop_unit(stream);
    if (!awaiting_entry_) hold(packet, kNoUnit, index);
    return;
  }
  if (!packet.has_payload()) { // all that it can be worth is its clock
    if (!awaiting_entry_ && packet.has_pcr()) hold(packet, kNoUnit, index);
    return;
  }
  if (!check_continuity(stream, packet)) return;
  if (stream.sections) {
    if (!awaiting_entry_) hold(packet, kNoUnit, index);
    return;
  }
  if (packet.unit_start()) {
    end_unit(index);
    begin_unit(index, packet);
  }
  if (stream.unit == kNoUnit) return; // the rest of a unit whose start was lost or refused
  hold(packet, stream.unit, index);
  feed(index, packet);
}

/// False: the packet repeats the one before it.
bool Source::check_continuity(Stream& stream, PacketView packet) {
  const Continuity continuity = stream.continuity.push(packet);
  if (continuity == Continuity::Repeats) return false;
  if (continuity == Continuity::Follows && !packet.discontinuity()) return true;
  counters_.continuity_errors += continuity == Continuity::Breaks;
  if (continuity == Continuity::Breaks || !packet.unit_start()) drop_unit(stream);
  stream.lost = true;
  return true;
}

void Source::begin_unit(std::uint8_t index, PacketView packet) {
  Stream& stream = streams_[index];
  Unit& unit = units_.push();
  unit = Unit{};
  unit.head = held_.end();
  unit.stream = index;
  unit.after_loss = std::exchange(stream.lost, false);
  unit.random_access = stream.codec == Codec::OtherVideo && packet.random_access();
  stream.unit = units_.end() - 1;
  stream.head_known = false;
  if (stream.picture) stream.picture->begin();
  if (stream.audio) stream.audio->begin();
  progress_.main_units += index == main_;
  progress_.audio_units += index != main_ && stream.role == Role::Audio;
  unblock();
}

void Source::feed(std::uint8_t index, PacketView packet) {
  Stream& stream = streams_[index];
  const Bytes payload = stream.pes.push(packet.payload(), packet.unit_start());
  if (stream.pes.state() == PesReader::State::Invalid) return drop_unit(stream);
  if (stream.pes.state() != PesReader::State::Body) return;
  if (stream.pes.overrun()) return drop_unit(stream);
  if (units_[stream.unit].header.size == 0 && !on_header(index)) return;
  if (stream.picture && !stream.head_known && stream.picture->push(payload)) on_picture_head(index);
  if (stream.audio) stream.audio->push(payload);
  if (stream.pes.header().packet_size != 0 && !stream.pes.incomplete()) finish_unit(index);
}

/// The header of the open unit is there. False when the unit is of no use.
bool Source::on_header(std::uint8_t index) {
  Stream& stream = streams_[index];
  const std::uint64_t number = stream.unit;
  Unit& unit = units_[number];
  unit.header = stream.pes.header();
  unit.pcr = pcr_;
  unit.has_pts = unit.header.pts.has_value();
  const Ticks dts = unit.header.dts.value_or(unit.header.pts.value_or(0));
  if (unit.has_pts) {
    unit.dts = index == main_ ? stamps_.unwrap(dts) : stamps_.peek(dts);
    const Ticks ahead = wrapped_difference(*unit.header.pts, dts, kTicksModulus);
    const bool sane = ahead >= 0 && ahead <= std::max(kTicksPerSecond, kMaxReorder * frame_);
    unit.pts = unit.dts + (sane ? ahead : 0);
  }
  if (index == main_)
    on_main_stamps(number);
  else if (awaiting_entry_ && unit.has_pts)
    forget_old_sound(unit.pts);
  return stream.unit == number;
}

void Source::on_main_stamps(std::uint64_t number) {
  Unit& unit = units_[number];
  if (!unit.has_pts) {
    unit.pts = unit.dts = main_dts_.value_or(0) + frame_;
  } else if (main_dts_) {
    const Ticks delta = unit.dts - *main_dts_;
    const bool jump = delta > std::max(kForwardJump, 4 * frame_) || delta < -kBackwardJump;
    if (jump && !awaiting_entry_) on_clock_jump(unit, number);
    if (!jump) progress_.media += delta;
    // A frame duration is believed when it comes twice: 1 s bounds what a loss can make of it.
    if (!jump && delta > 0 && delta <= kTicksPerSecond) {
      if (std::abs(delta - last_delta_) <= 2) frame_ = delta;
      last_delta_ = delta;
    }
  }
  main_dts_ = unit.dts;
}

void Source::on_clock_jump(const Unit& unit, std::uint64_t number) {
  ++counters_.clock_jumps;
  if (unit.after_loss) return await_entry(unit.head);
  release_pictures();
  latest_pts_ = unit.pts;
  entry_pts_ = std::numeric_limits<Ticks>::min();
  add_joint(make_joint(Joint::Kind::ClockJump, number));
}

void Source::on_picture_head(std::uint8_t index) {
  Stream& stream = streams_[index];
  stream.head_known = true;
  const PictureHead& head = stream.picture->head();
  // The parameter sets that are missing are put in front of the main stream's pictures alone.
  units_[stream.unit].random_access = head.random_access && (index == main_ || !head.needs_parameter_sets);
}

/// The next unit of the stream begins: whatever length was promised must have come.
void Source::end_unit(std::uint8_t index) {
  Stream& stream = streams_[index];
  if (stream.unit == kNoUnit) return;
  if (stream.pes.state() != PesReader::State::Body || stream.pes.incomplete()) {
    drop_unit(stream);
  } else {
    finish_unit(index);
  }
}

void Source::finish_unit(std::uint8_t index) {
  Stream& stream = streams_[index];
  if (stream.picture && !stream.head_known) {
    stream.picture->end();
    on_picture_head(index);
  }
  const std::uint64_t number = std::exchange(stream.unit, kNoUnit);
  Unit& unit = units_[number];
  if (stream.audio) unit.duration = stream.audio->duration_90k();
  if (index == main_ && enters(unit)) make_entry(number);
  if (index != main_ || stream.role != Role::Video) {
    unit.state = Unit::State::Ready;
  } else if (awaiting_entry_ || (unit.has_pts && unit.pts < entry_pts_)) {
    unit.state = Unit::State::Dropped;
  } else {
    on_picture_whole(number);
  }
  if (awaiting_entry_) trim();
}

void Source::drop_unit(Stream& stream) noexcept {
  if (stream.unit == kNoUnit) return;
  units_[stream.unit].state = Unit::State::Dropped;
  stream.unit = kNoUnit;
  ++counters_.damaged_units;
  if (awaiting_entry_) trim();
}

/// A cut behind a picture leaves no hole where every picture that is shown before it has come: where the
/// latest PTS is no further ahead of the DTS than the stream's reordering ever leaves it.
void Source::on_picture_whole(std::uint64_t number) {
  Unit& unit = units_[number];
  unit.state = Unit::State::Whole;
  waiting_pictures_.push_back(number);
  latest_pts_ = std::max(latest_pts_, unit.pts);
  const Ticks ahead = latest_pts_ - unit.dts;
  if (std::ssize(waiting_pictures_) > kMaxReorder) reorder_ = ahead; // the stream has changed its order
  reorder_ = std::min(reorder_, ahead);
  if (ahead <= reorder_ + frame_ / 2) release_pictures();
}

void Source::release_pictures() noexcept {
  for (const std::uint64_t number : waiting_pictures_)
    units_[number].state = Unit::State::Ready;
  waiting_pictures_.clear();
}

/// A unit whose end does not come must not hold up the others for ever.
void Source::unblock() {
  if (awaiting_entry_ || keep_ == Keep::NewestEntry) {
    if (held_.end() - barrier_ > kMaxHeld) restart();
    return;
  }
  const auto settled = [](const Unit& unit) {
    return unit.state == Unit::State::Ready || unit.state == Unit::State::Dropped;
  };
  unsettled_ = std::max(unsettled_, units_.begin());
  while (unsettled_ != units_.end() && settled(units_[unsettled_]))
    ++unsettled_;
  if (unsettled_ == units_.end()) return;
  const Unit& unit = units_[unsettled_];
  const bool late = pcr_ && unit.pcr && wrapped_difference(*pcr_, *unit.pcr, kPcrModulus) > kMaxBlocked;
  if (!late && held_.end() - unit.head <= kMaxHeld) return;
  if (unit.state == Unit::State::Whole)
    release_pictures();
  else
    end_unit(unit.stream);
}

void Source::on_layout() {
  const Pmt& pmt = *psi_.pmt();
  if (streams_.size() + pmt.streams.size() > kMaxStreams) {
    streams_.clear();
    layout_.clear();
    main_ = kNoStream;
    restart();
  }
  std::vector<std::uint8_t> layout;
  route_.fill(kNoStream);
  route_[kTdtPid] = kTimeStream;
  for (const Pmt::Stream& entry : pmt.streams) {
    if (entry.pid < 0x20 || entry.pid == kNullPid || route_[entry.pid] != kNoStream ||
        layout.size() >= kMaxStreams)
      continue;
    auto known =
        std::ranges::find_if(layout_, [&](std::uint8_t index) { return streams_[index].pmt == entry; });
    std::uint8_t index = known == layout_.end() ? static_cast<std::uint8_t>(streams_.size()) : *known;
    if (known == layout_.end()) {
      Stream& stream = streams_.emplace_back();
      stream.pmt = entry;
      stream.codec = pmt.codec(entry);
      stream.role = role_of(stream.codec);
      stream.sections = carries_sections(entry.stream_type, stream.codec);
      if (stream.role == Role::Video && stream.codec != Codec::OtherVideo)
        stream.picture = std::make_unique<PictureProbe>(stream.codec);
      if (stream.role == Role::Audio) stream.audio = std::make_unique<AudioProbe>(stream.codec);
    }
    route_[entry.pid] = index;
    layout.push_back(index);
  }
  if (route_[pmt.pcr_pid] == kNoStream && pmt.pcr_pid != kNullPid) route_[pmt.pcr_pid] = kClockStream;
  if (layout == layout_) return;
  for (const std::uint8_t index : layout_)
    if (std::ranges::find(layout, index) == layout.end()) drop_unit(streams_[index]);
  layout_ = std::move(layout);
  const std::uint8_t main = choose_main();
  if (std::exchange(main_, main) != main) return await_entry(held_.end());
  if (!awaiting_entry_) add_joint(make_joint(Joint::Kind::Layout, kNoUnit));
}

std::uint8_t Source::choose_main() const noexcept {
  for (const Role role : {Role::Video, Role::Audio})
    for (const std::uint8_t index : layout_)
      if (streams_[index].role == role) return index;
  return kNoStream;
}

/// What is held in front of `from` may still be sent.
void Source::await_entry(std::uint64_t from) {
  std::erase_if(joints_, [&](const Joint& joint) { return joint.at >= from; });
  for (const std::uint64_t number : waiting_pictures_)
    units_[number].state = Unit::State::Dropped;
  waiting_pictures_.clear();
  for (Stream& stream : streams_)
    if (stream.unit != kNoUnit && units_[stream.unit].head < from) drop_unit(stream);
  barrier_ = awaiting_entry_ ? std::min(barrier_, from) : from;
  awaiting_entry_ = true;
  main_dts_.reset();
}

/// Whole it must be: what follows the entry refers to it.
bool Source::enters(const Unit& unit) const noexcept {
  const bool decodable = streams_[unit.stream].role == Role::Audio || unit.random_access;
  return decodable && unit.has_pts && (awaiting_entry_ || keep_ == Keep::NewestEntry);
}

void Source::make_entry(std::uint64_t number) {
  const std::uint64_t from = awaiting_entry_ ? barrier_ : held_.begin();
  const Unit& entry = units_[number];
  for (std::uint64_t n = units_.begin(); n != number; ++n) {
    Unit& unit = units_[n];
    const bool beside = unit.stream != main_ && streams_[unit.stream].role != Role::Video;
    if (unit.head < from || (beside && unit.has_pts && unit.pts >= entry.pts - kLookBack)) continue;
    if (unit.state == Unit::State::Open) streams_[unit.stream].unit = kNoUnit;
    unit.state = Unit::State::Dropped;
  }
  for (std::uint64_t n = from; n < entry.head; ++n)
    if (held_[n].unit == kNoUnit) held_[n].stream = kNoStream;
  waiting_pictures_.clear();
  if (!awaiting_entry_) joints_.clear();
  Joint joint = make_joint(Joint::Kind::Entry, number);
  joint.at = from;
  const auto& picture = streams_[main_].picture;
  joint.needs_parameter_sets = picture && picture->head().needs_parameter_sets;
  add_joint(std::move(joint));
  awaiting_entry_ = false;
  barrier_ = from;
  entry_pts_ = latest_pts_ = entry.pts;
  reorder_ = std::numeric_limits<Ticks>::max();
  if (keep_ == Keep::NewestEntry) trim();
}

/// In the order of the packets: the stamps of a unit may be known only after the layout has changed behind
/// its head.
void Source::add_joint(Joint joint) {
  const auto follows = std::ranges::find_if(joints_, [&](const Joint& other) { return other.at > joint.at; });
  if (joint.kind == Joint::Kind::Layout && follows != joints_.begin()) {
    Joint& before = *std::prev(follows);
    if (before.kind == Joint::Kind::Layout && before.at == joint.at) {
      before = std::move(joint);
      return;
    }
  }
  joints_.insert(follows, std::move(joint));
}

Joint Source::make_joint(Joint::Kind kind, std::uint64_t number) const {
  Joint joint{
      .kind = kind, .at = held_.end(), .unit = number, .pcr = {}, .main_stream = main_, .streams = layout_};
  if (number == kNoUnit) return joint;
  const Unit& unit = units_[number];
  joint.at = unit.head;
  joint.pts = unit.pts;
  joint.dts = unit.dts;
  if (unit.pcr) joint.pcr = unwrap_pcr(*unit.pcr);
  return joint;
}

void Source::hold(PacketView packet, std::uint64_t unit, std::uint8_t stream) {
  HeldPacket& held = held_.push();
  std::memcpy(held.bytes.data(), packet.data(), kPacketSize);
  held.unit = unit;
  held.stream = stream;
  held.clock = packet.has_pcr() && packet.pid() == psi_.pmt()->pcr_pid;
  if (unit != kNoUnit) ++units_[unit].packets;
}

/// While an entry is awaited, sound is kept for as long as it may be wanted in front of the first picture.
void Source::forget_old_sound(Ticks now) {
  for (std::uint64_t n = units_.begin(); n != units_.end(); ++n) {
    Unit& unit = units_[n];
    if (unit.head < barrier_ || unit.state != Unit::State::Ready) continue;
    if (unit.has_pts && unit.pts >= now - 2 * kLookBack) break;
    unit.state = Unit::State::Dropped;
  }
  trim();
}

void Source::trim() noexcept {
  while (!held_.empty() && held_.begin() >= barrier_) {
    const HeldPacket& packet = held_[held_.begin()];
    const bool useless = packet.unit == kNoUnit ? packet.stream == kNoStream
                                                : units_[packet.unit].state == Unit::State::Dropped;
    if (!useless) break;
    pop();
  }
  barrier_ = std::max(barrier_, held_.begin());
}

} // namespace relevo::ts
