// SPDX-License-Identifier: LGPL-2.1-or-later
// The splicer: joining one source to the end of another, and rewriting what is sent.
#include "ts/splice.hpp"

#include "base/crc32.hpp"
#include "ts/descriptors.hpp"

#include <algorithm>
#include <cstring>

namespace relevo::ts {
namespace {

constexpr Ticks kMillisecond = kTicksPerSecond / 1000;
constexpr Ticks kAudioTolerance = 10 * kMillisecond; // of overlap between the sounds of two sources
constexpr Ticks kClockMargin = 20 * kMillisecond;    // by which a unit must be ahead of the clock
constexpr Ticks kFarFromClock = 10 * kTicksPerSecond;
constexpr Ticks kJumpAftermath = 3 * kTicksPerSecond; // in which stamps of both clocks may come
constexpr Pcr kTablesInterval = 80 * kPcrPerSecond / 1000;
constexpr Pcr kMaxClockStep = 100 * kPcrPerSecond / 1000; // ISO/IEC 13818-1, 2.7.2
constexpr Pcr kClockFill = 80 * kPcrPerSecond / 1000;
constexpr Ticks kOwnLead = 300 * kMillisecond; // of stamps over a clock of our own
constexpr std::size_t kOutputBlock = 64 * 1024;

/// From the first start code up to the next.
[[nodiscard]] std::size_t first_unit_size(Bytes bytes) noexcept {
  for (std::size_t i = 4; i + 3 <= bytes.size(); ++i)
    if (load_be24(&bytes[i]) == 1) return bytes[i - 1] == std::byte{0} ? i - 1 : i;
  return 0;
}

[[nodiscard]] unsigned next_continuity(OutputStream& stream) noexcept {
  return stream.continuity = (stream.continuity + 1) & 0x0f;
}

} // namespace

SourceId Splicer::add_source(std::optional<std::uint16_t> programme) {
  const SourceId id{next_id_++};
  sources_.push_back({id, std::make_unique<Source>(programme)});
  return id;
}

Source* Splicer::find(std::optional<SourceId> id) const noexcept {
  const auto it = std::ranges::find_if(sources_, [&](const Entry& entry) { return entry.id == id; });
  return it == sources_.end() ? nullptr : it->source.get();
}

const Source& Splicer::source(SourceId id) const {
  return *find(id);
}

bool Splicer::ready(SourceId id) const {
  const Source* source = find(id);
  return source != nullptr && source->ready();
}

void Splicer::remove_source(SourceId id) {
  if (active_ == id) {
    leave(*find(id));
    active_.reset();
  }
  if (wanted_ == id) wanted_.reset();
  std::erase_if(sources_, [&](const Entry& entry) { return entry.id == id; });
}

void Splicer::push(SourceId id, Bytes block) {
  Source* source = find(id);
  if (source != nullptr) source->push(block, [this] { pump(); });
}

void Splicer::end(SourceId id) {
  Source* source = find(id);
  if (source == nullptr) return;
  source->finish([this] { pump(); });
  if (active_ != id) return;
  leave(*source);
  source->keep(Source::Keep::All);
}

void Splicer::switch_to(SourceId id) {
  Source* source = find(id);
  if (source == nullptr) return;
  if (active_ == id) {
    leave(*source);
    active_.reset();
  }
  if (Source* before = find(wanted_)) before->keep(Source::Keep::NewestEntry);
  wanted_ = id;
  source->keep(Source::Keep::All);
  pump();
}

void Splicer::pump() {
  if (Source* wanted = find(wanted_); wanted != nullptr && wanted->ready()) {
    if (Source* active = find(active_)) leave(*active);
    active_ = std::exchange(wanted_, std::nullopt);
  }
  if (Source* active = find(active_)) deliver(*active);
}

/// Sends what is whole of the source that is on, up to the end of its last picture, and forgets the rest.
void Splicer::leave(Source& source) {
  source.seal();
  leaving_ = true;
  if (main_ != nullptr && main_->role == Role::Video && main_end_) {
    leave_at_ = *main_end_;
    const Window<Unit>& units = source.units();
    for (std::uint64_t n = units.begin(); n != units.end(); ++n)
      if (units[n].state == Unit::State::Ready && units[n].head < source.reach() &&
          map_[units[n].stream] == main_)
        leave_at_ = std::max(leave_at_, units[n].pts + clock_.offset() + source.frame_duration());
  }
  deliver(source);
  leaving_ = false;
  leave_at_ = kNever;
  source.keep(Source::Keep::NewestEntry);
  source.restart();
}

void Splicer::deliver(Source& source) {
  for (;;) {
    if (source.at_joint()) {
      if (leaving_) return; // not into the same source again
      join(source, source.take_joint());
      continue;
    }
    HeldPacket* packet = source.front();
    if (packet == nullptr) return;
    if (packet->unit != kNoUnit) {
      Unit& unit = source.unit(packet->unit);
      if (unit.head == source.held().begin() && !begin_unit(source, packet->unit)) {
        unit.state = Unit::State::Dropped;
        ++counters_.dropped_units;
        continue;
      }
    }
    send(source, *packet);
    source.pop();
  }
}

void Splicer::join(Source& source, const Joint& joint) {
  if (joint.kind == Joint::Kind::ClockJump) {
    ++counters_.clock_jumps;
    other_offset_ = clock_.offset();
    jump_end_ = main_dts_ + kJumpAftermath;
    clock_.join(offset_at(source, joint));
    return;
  }
  std::vector<const Pmt::Stream*> streams;
  for (const std::uint8_t index : joint.streams)
    streams.push_back(&source.streams()[index].pmt);
  const auto& pmt = source.psi().pmt();
  const auto places = programme_.assign(streams, pmt ? pmt->descriptors : DescriptorLoop{});
  const std::vector<OutputStream*> before = std::exchange(map_, {});
  map_.assign(source.streams().size(), nullptr);
  for (std::size_t i = 0; i < places.size(); ++i) {
    map_[joint.streams[i]] = places[i];
    if (places[i] == nullptr) continue;
    const bool goes_on =
        joint.kind == Joint::Kind::Layout && std::ranges::find(before, places[i]) != before.end();
    places[i]->joining |= !goes_on;
  }
  splice_sections_.reset();
  main_ = map_[joint.main_stream];
  if (joint.kind == Joint::Kind::Layout) return send_tables();

  // Sound that was not the main stream before may have gone on behind the last picture.
  if (main_end_ && main_ != nullptr && main_->end) main_end_ = std::max(*main_end_, *main_->end);
  ++counters_.joints;
  const bool format_changed = adopt_formats(source);
  counters_.format_changes += format_changed;
  clock_.join(offset_at(source, joint));
  other_offset_.reset();
  begin_at_joint(source, joint, format_changed);
}

/// The first picture follows the last one by one frame, or the clock where that has gone on without pictures.
Ticks Splicer::offset_at(const Source& source, const Joint& joint) const noexcept {
  if (!main_end_) return 0;
  if (joint.kind == Joint::Kind::ClockJump && main_ != nullptr && main_->role == Role::Video)
    return main_dts_ + source.frame_duration() - joint.dts;
  const Ticks clock = clock_.last() ? *clock_.last() / kPcrPerTick + kClockMargin : *main_end_;
  return clock > *main_end_ ? clock - joint.dts : *main_end_ - joint.pts;
}

/// True when players have to prepare for another kind of picture or sound than before.
bool Splicer::adopt_formats(const Source& source) {
  bool changed = false;
  for (std::size_t i = 0; i < map_.size(); ++i) {
    const Source::Stream& stream = source.streams()[i];
    if (map_[i] == nullptr || (stream.role != Role::Video && stream.role != Role::Audio)) continue;
    const bool first = !map_[i]->end.has_value();
    changed |= first && main_end_.has_value(); // a codec that was not there before
    if (!stream.picture || !stream.picture->format()) continue;
    const VideoFormat& format = *stream.picture->format();
    const auto& old = map_[i]->format;
    changed |= old && (old->width != format.width || old->height != format.height ||
                       old->interlaced != format.interlaced);
    map_[i]->format = format;
  }
  return changed;
}

void Splicer::begin_at_joint(const Source& source, const Joint& joint, bool format_changed) {
  // The DTS of a source that reorders more may fall behind what was sent: they are moved together up to the
  // first that does not.
  const Ticks dts = joint.dts + clock_.offset();
  const Ticks floor =
      main_end_ ? std::max(main_dts_, clock_.last().value_or(0) / kPcrPerTick + kClockMargin) : dts - 1;
  const Ticks frame = std::max<Ticks>(1, source.frame_duration());
  const Ticks behind = dts <= floor ? (floor - dts) / frame + 1 : 0;
  squeeze_ = std::max<Ticks>(1, (dts + behind * frame - floor) / (behind + 1));
  entry_pts_ = joint.pts + clock_.offset();
  main_dts_ = main_dts_at_clock_ = floor;
  parameter_sets_for_ = joint.needs_parameter_sets ? joint.unit : kNoUnit;

  send_tables();
  if (joint.pcr)
    send_clock(advance_clock(source, *joint.pcr), format_changed);
  else if (!clock_.last())
    start_own_clock(dts);
  for (const Source::Stream& stream : source.streams()) {
    OutputStream* const place = map_[static_cast<std::size_t>(&stream - source.streams().data())];
    if (place == nullptr || !main_end_) continue;
    if (place->codec == Codec::DvbSubtitle) clear_subtitles(*place);
    if (place->codec == Codec::Scte35) announce_no_splice(*place);
  }
}

/// An empty page, so that no text of the source before stays on the screen (EN 300 743, 7.2).
void Splicer::clear_subtitles(OutputStream& stream) {
  const auto body = find_descriptor(stream.source.descriptors, descriptor_tag::kSubtitling);
  if (!body || !main_end_) return;
  for (const SubtitlingEntry entry : Entries<SubtitlingEntry>{*body}) {
    const std::uint8_t page_high = entry.composition_page >> 8, page_low = entry.composition_page & 0xff;
    std::array<std::uint8_t, 31> pes{
        0,    0,    1,         0xbd,     0, 25, 0x84, 0x80, 5, 0x20, 0, 0, 0, 0, // header with a PTS
        0x20, 0x00,                                                              // DVB subtitles
        0x0f, 0x10, page_high, page_low, 0, 2,  0,    0x08,                      // page without a region
        0x0f, 0x80, page_high, page_low, 0, 0,  0xff};                           // end of display set
    const auto bytes = std::as_writable_bytes(std::span{pes});
    store_timestamp(&bytes[PesHeader::kPtsAt], *main_end_);
    append(make_payload_packet(stream.pid, next_continuity(stream), true, bytes));
  }
}

/// Splices that the source before announced will not come.
void Splicer::announce_no_splice(OutputStream& stream) {
  constexpr std::array<std::uint8_t, 16> kSpliceNull{kTableIdSplice, 0x30, 0, 0, 0, 0, 0, 0, 0, 0,
                                                     0xff,           0xf0, 0, 0, 0, 0};
  const Bytes bytes = std::as_bytes(std::span{kSpliceNull});
  std::vector<std::byte> section(bytes.begin(), bytes.end());
  seal_section(section);
  send_splice_section(section, stream);
}

/// Whether a unit at this time is of use; beside the main stream only, which is cut at its units.
bool Splicer::wanted(const OutputStream& stream, const Unit& unit, Ticks pts) const noexcept {
  if (&stream == main_) return true;
  if (std::abs(pts - main_dts_) > kFarFromClock || pts >= leave_at_) return false;
  if (!stream.joining) return true;
  if (stream.role == Role::Video && !unit.random_access) return false;
  if (stream.role != Role::Audio || !stream.end) return pts >= entry_pts_;
  const Ticks clock = clock_.last().value_or(0) / kPcrPerTick + kClockMargin;
  return pts >= *stream.end - kAudioTolerance && pts >= clock;
}

Ticks Splicer::offset_for(const OutputStream& stream, const Unit& unit) const noexcept {
  if (!other_offset_ || &stream == main_ || main_dts_ > jump_end_) return clock_.offset();
  const auto distance = [&](Ticks offset) { return std::abs(unit.pts + offset - main_dts_); };
  return distance(*other_offset_) < distance(clock_.offset()) ? *other_offset_ : clock_.offset();
}

/// At the head of a unit: false when it is not to be sent.
bool Splicer::begin_unit(Source& source, std::uint64_t number) {
  Unit& unit = source.unit(number);
  OutputStream* const stream = map_[unit.stream];
  if (stream == nullptr) return false;
  const Ticks shift = offset_for(*stream, unit);
  Ticks pts = unit.pts + shift;
  Ticks dts = unit.dts + shift;
  const bool stamped = unit.has_pts || stream == main_;
  const bool timed = stream->role == Role::Video || stream->role == Role::Audio;
  if (!stamped && stream->joining && timed) return false;
  if (stamped) {
    if (!wanted(*stream, unit, pts)) return false;
    const bool main_video = stream == main_ && stream->role == Role::Video;
    if (timed && !main_video && stream->last_dts && dts <= *stream->last_dts) return false;
    if (stream == main_ && unit.has_pts && dts <= main_dts_) {
      // Less than half a frame, so that stamps which stepped back for good catch up.
      dts = main_dts_ + std::clamp<Ticks>(source.frame_duration() / 4, 1, squeeze_);
      pts = std::max(pts, dts);
    }
    const Ticks apart = std::clamp<Ticks>(dts - stream->last_dts.value_or(dts), 0, kTicksPerSecond);
    const Ticks frame = stream == main_ ? source.frame_duration() : apart;
    stream->end = std::max(stream->end.value_or(pts), pts + (unit.duration != 0 ? unit.duration : frame));
    stream->last_dts = dts;
    stream->joining = false;
  }
  if (stream == main_) {
    main_end_ = std::max(main_end_.value_or(pts), *stream->end);
    main_dts_ = std::max(main_dts_, dts);
    keep_clock_going(unit);
    const bool announced = tables_sent_at_packet_ == counters_.packets;
    if (unit.random_access && stream->role == Role::Video && !announced) send_tables();
  }
  if (unit.has_pts) stamp(source, number, pts, dts, shift);
  return true;
}

/// Writes the stamps into the held packets: the header of a unit may lie in several.
void Splicer::stamp(Source& source, std::uint64_t number, Ticks pts, Ticks dts, Ticks shift) {
  const Unit& unit = source.unit(number);
  const PesHeader& header = unit.header;
  HeldPacket& first = source.held()[unit.head];
  const auto payload_of = [](HeldPacket& packet) {
    const std::size_t size = PacketView{packet.bytes.data()}.payload().size();
    return MutableBytes{packet.bytes}.last(size);
  };
  const MutableBytes whole = payload_of(first);
  if (whole.size() >= header.size) return rewrite_pes_header(whole, header, pts, dts, shift);

  std::array<std::byte, PesHeader::kMaxSize> bytes{};
  for (const bool write_back : {false, true}) {
    std::size_t at = 0;
    for (std::uint64_t n = unit.head; at < header.size && n < source.held().end(); ++n) {
      if (source.held()[n].unit != number) continue;
      const MutableBytes part = payload_of(source.held()[n]);
      const std::size_t size = std::min(part.size(), header.size - at);
      if (write_back)
        std::memcpy(part.data(), bytes.data() + at, size);
      else
        std::memcpy(bytes.data() + at, part.data(), size);
      at += size;
    }
    if (!write_back) rewrite_pes_header(bytes, header, pts, dts, shift);
  }
}

void Splicer::send(Source& source, const HeldPacket& packet) {
  const PacketView view{packet.bytes.data()};
  const bool of_stream = packet.stream != kClockStream && packet.stream != kTimeStream;
  OutputStream* const stream = of_stream ? map_[packet.stream] : nullptr;
  const bool head = packet.unit != kNoUnit && source.unit(packet.unit).head == source.held().begin();
  const bool carries = stream != nullptr && stream == programme_.clock_stream() && view.has_payload();
  const bool completed = head && packet.unit == parameter_sets_for_;
  const Pcr clock = packet.clock ? advance_clock(source, source.unwrap_pcr(*view.pcr())) : 0;
  if (packet.clock && (!carries || completed)) send_clock(clock, false);
  if (packet.stream == kTimeStream) return send_time(view);
  if (stream == nullptr || !view.has_payload()) return;
  if (stream->codec == Codec::Scte35)
    return splice_sections_.push(view, [&](Bytes section) { send_splice_section(section, *stream); });
  if (completed) return send_with_parameter_sets(source, packet, *stream);

  MutablePacket copy{append()};
  std::memcpy(copy.data(), view.data(), kPacketSize);
  copy.set_pid(stream->pid);
  copy.set_continuity(next_continuity(*stream));
  if (!copy.has_adaptation()) return;
  copy.set_discontinuity(false);
  copy.shift_other_clocks(clock_.offset());
  if (stream->role == Role::Video) copy.set_random_access(head && source.unit(packet.unit).random_access);
  if (packet.clock && carries)
    copy.set_pcr(clock);
  else
    copy.remove_pcr();
}

/// Time tables pass on their own PID.
void Splicer::send_time(PacketView packet) {
  if (!packet.has_payload()) return;
  MutablePacket copy{append()};
  std::memcpy(copy.data(), packet.data(), kPacketSize);
  copy.set_continuity(time_continuity_++);
  copy.set_discontinuity(false);
  copy.remove_pcr();
}

/// The picture at the joint comes without its parameter sets: those of the source go in front of it.
void Splicer::send_with_parameter_sets(const Source& source, const HeldPacket& packet, OutputStream& stream) {
  parameter_sets_for_ = kNoUnit;
  const Unit& unit = source.units()[packet.unit];
  const PictureProbe& picture = *source.streams()[unit.stream].picture;
  const Bytes payload = PacketView{packet.bytes.data()}.payload();
  const std::size_t header = std::min(unit.header.size, payload.size());
  const std::size_t split =
      header + (picture.head().has_access_unit_delimiter ? first_unit_size(payload.subspan(header)) : 0);
  const Bytes sets = picture.parameter_sets();

  std::vector<std::byte> bytes(payload.begin(), payload.end());
  bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(split), sets.begin(), sets.end());
  if (unit.header.packet_size != 0) {
    const std::size_t length = load_be16(&bytes[4]) + sets.size();
    store_be16(&bytes[4], length > 0xffff ? 0 : static_cast<unsigned>(length));
  }
  for (Bytes rest{bytes}; !rest.empty();) {
    const Bytes part = rest.first(std::min<std::size_t>(rest.size(), kPacketSize - 4));
    append(make_payload_packet(stream.pid, next_continuity(stream), rest.size() == bytes.size(), part));
    rest = rest.subspan(part.size());
  }
}

void Splicer::send_splice_section(Bytes section, OutputStream& stream) {
  constexpr std::size_t kMinSize = 20;
  if (section.size() < kMinSize || load_u8(section.data()) != kTableIdSplice) return;
  if (crc32_mpeg2(section) != 0) return;
  std::vector<std::byte> copy(section.begin(), section.end());
  const Ticks adjustment = Ticks{load_u8(&copy[4]) & 1} << 32 | load_be32(&copy[5]);
  const Ticks moved = wrap(adjustment + clock_.offset(), kTicksModulus);
  store_u8(&copy[4], (load_u8(&copy[4]) & 0xfeU) | static_cast<unsigned>(moved >> 32));
  store_be32(&copy[5], static_cast<std::uint32_t>(moved));
  store_be32(&copy[copy.size() - 4], crc32_mpeg2(Bytes{copy}.first(copy.size() - 4)));
  for (Packet& packet : packetize(copy, stream.pid)) {
    MutablePacket{packet.data()}.set_continuity(next_continuity(stream));
    append(packet);
  }
}

/// Moves the clock on by a PCR of the source; the value is for the packet that follows. Fills a gap that the
/// source left, and sends the tables where they are due.
Pcr Splicer::advance_clock(const Source& source, Pcr source_pcr) {
  const auto before = clock_.last();
  const Pcr value = clock_.advance(source_pcr, clock_.ahead() ? earliest_dts(source) : std::nullopt);
  if (before && value - *before > kMaxClockStep) fill_clock(*before, value);
  send_tables_when_due(value);
  return value;
}

void Splicer::send_clock(Pcr value, bool discontinuity) {
  if (const OutputStream* const stream = programme_.clock_stream())
    append(make_pcr_packet(stream->pid, stream->continuity, value, discontinuity));
}

void Splicer::fill_clock(Pcr from, Pcr to) {
  for (Pcr value = from + kClockFill; value < to; value += kClockFill) {
    send_clock(value, false);
    send_tables_when_due(value);
  }
}

/// Of what is held of the source and will be sent.
std::optional<Ticks> Splicer::earliest_dts(const Source& source) const noexcept {
  std::optional<Ticks> earliest;
  const Window<Unit>& units = source.units();
  for (std::uint64_t n = units.begin(); n != units.end() && units[n].head < source.reach(); ++n) {
    const Unit& unit = units[n];
    if (!unit.has_pts || unit.state == Unit::State::Dropped || unit.head < source.held().begin()) continue;
    const OutputStream* const stream = map_[unit.stream];
    if (stream == nullptr) continue;
    const Ticks shift = offset_for(*stream, unit);
    if (!wanted(*stream, unit, unit.pts + shift)) continue;
    const Ticks dts = stream == main_ ? std::max(unit.dts + shift, main_dts_) : unit.dts + shift;
    earliest = std::min(earliest.value_or(dts), dts);
  }
  return earliest;
}

/// Players need one from the beginning, whether the source has one or not.
void Splicer::start_own_clock(Ticks dts) {
  clock_.set((dts - kOwnLead) * kPcrPerTick);
  tables_at_ = clock_.last();
  send_clock(*clock_.last(), false);
}

/// Where the source sends no PCR for long, the clock goes on with the stamps of its main stream.
void Splicer::keep_clock_going(const Unit& unit) {
  const bool moved = unit.pcr != std::exchange(pcr_at_main_, unit.pcr);
  if (moved) main_dts_at_clock_ = main_dts_;
  const Pcr missing = (main_dts_ - main_dts_at_clock_) * kPcrPerTick;
  if (missing <= kMaxClockStep) return;
  main_dts_at_clock_ = main_dts_;
  const Pcr from = *clock_.last();
  fill_clock(from, from + missing);
  clock_.set(from + missing);
  send_clock(from + missing, false);
  send_tables_when_due(from + missing);
}

void Splicer::send_tables_when_due(Pcr now) {
  if (tables_at_ && now - *tables_at_ < kTablesInterval) return;
  send_tables();
  tables_at_ = now;
}

void Splicer::send_tables() {
  const Bytes tables = programme_.tables();
  for (std::size_t at = 0; at < tables.size(); at += kPacketSize)
    std::memcpy(append(), tables.data() + at, kPacketSize);
  tables_at_ = clock_.last();
  tables_sent_at_packet_ = counters_.packets;
}

std::byte* Splicer::append() {
  if (output_size_ + kPacketSize > output_.size()) output_.resize(std::max(2 * output_.size(), kOutputBlock));
  std::byte* const place = output_.data() + output_size_;
  output_size_ += kPacketSize;
  ++counters_.packets;
  return place;
}

void Splicer::append(const Packet& packet) {
  std::memcpy(append(), packet.data(), kPacketSize);
}

} // namespace relevo::ts
