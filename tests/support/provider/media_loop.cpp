// SPDX-License-Identifier: LGPL-2.1-or-later
// Plays clips packet by packet: rewrites tables, PIDs, clocks and counters, and does the damage.
#include "provider/media_loop.hpp"

#include "base/crc32.hpp"
#include "ts/codec.hpp"
#include "ts/pes.hpp"

#include <algorithm>
#include <stdexcept>

namespace relevo::provider {
namespace {

constexpr ts::Pid kOtherPids = 0x400; // added to every PID of the programme by the fault "pids"
constexpr std::uint8_t kStreamTypeCue = 0x86;

/// Moves the pts_adjustment of a SCTE-35 section that lies whole in one packet.
void shift_cue(ts::MutablePacket packet, ts::Ticks shift) {
  const Bytes payload = packet.payload();
  if (!packet.unit_start() || payload.size() < 16 || payload[0] != std::byte{0}) return;
  std::byte* section = packet.data() + (payload.data() - packet.data()) + 1;
  const std::size_t size = 3 + (load_be16(section + 1) & 0x0fffU);
  if (load_u8(section) != ts::kTableIdSplice || size < 15 || size > payload.size() - 1) return;
  const ts::Ticks old = ts::Ticks{load_u8(section + 4) & 1} << 32 | load_be32(section + 5);
  const ts::Ticks moved = ts::wrap(old + shift, ts::kTicksModulus);
  store_u8(section + 4, (load_u8(section + 4) & 0xfeU) | static_cast<unsigned>(moved >> 32));
  store_be32(section + 5, static_cast<std::uint32_t>(moved));
  store_be32(section + size - 4, crc32_mpeg2({section, size - 4}));
}

void shift_stamps(ts::MutablePacket packet, ts::Ticks shift) {
  const Bytes payload = packet.payload();
  ts::PesHeader header;
  if (ts::parse_pes_header(payload, header) != ts::PesParse::Ok || !header.pts) return;
  const MutableBytes pes{packet.data() + (payload.data() - packet.data()), payload.size()};
  ts::rewrite_pes_header(pes, header, *header.pts + shift, header.dts.value_or(*header.pts) + shift, shift);
}

} // namespace

MediaLoop::MediaLoop(Content content, std::uint32_t seed, std::optional<ts::Pcr> first_pcr)
    : content_(std::move(content)), random_(seed), origin_(first_pcr.value_or(content_.clip->first_pcr())) {
  make_tables();
}

void MediaLoop::skip(ts::Pcr length) {
  const auto& marks = clip().marks();
  while (mark_ + 1 < marks.size() && mark().time < length)
    ++mark_;
  next_ = mark().packet;
  started_ = -mark().time;
}

void MediaLoop::set(Content content) {
  const bool other_tables = content.other_pids != content_.other_pids;
  next_clip_ = content.clip == content_.clip ? nullptr : content.clip;
  content.clip = content_.clip;
  content_ = std::move(content);
  if (!other_tables) return;
  tables_due_ = true;
  ++version_;
  make_tables();
}

void MediaLoop::fill(std::vector<std::byte>& out, ts::Pcr until) {
  do
    step(out);
  while (time() < until);
}

void MediaLoop::fill_segment(std::vector<std::byte>& out, ts::Pcr length) {
  const ts::Pcr until = time() + length;
  do
    step(out);
  while (time() < until || !at_entry());
}

void MediaLoop::announce(std::vector<std::byte>& out) {
  for (auto* table : {&pat_, &pmt_})
    for (const ts::Packet& packet : *table)
      emit(out, packet.data());
}

ts::Pid MediaLoop::output_pid(ts::Pid pid) const {
  // Tables of the transport stream keep their PIDs, as do null packets.
  const bool fixed = pid < 0x20 || pid == ts::kNullPid;
  return content_.other_pids && !fixed ? static_cast<ts::Pid>((pid + kOtherPids) & 0x1fff) : pid;
}

void MediaLoop::step(std::vector<std::byte>& out) {
  if (next_clip_ && at_entry()) begin_clip(std::exchange(next_clip_, nullptr));
  if (std::exchange(tables_due_, false)) announce(out);
  if (announced_ && mark().packet == next_ && mark().entry) ++entries_;
  const std::byte* source = clip().packet(next_);
  const ts::PacketView view{source};
  const bool is_table = view.pid() == ts::kPatPid || view.pid() == clip().pmt_pid();
  if (content_.no_video && is_video(view.pid()))
    emit_clock(out, view);
  else if (!is_table)
    emit(out, source);
  if (is_table && view.unit_start())
    for (const ts::Packet& packet : view.pid() == ts::kPatPid ? pat_ : pmt_)
      emit(out, packet.data());
  announced_ |= view.pid() == clip().pmt_pid();

  ++next_;
  if (next_ == clip().packets()) {
    started_ += clip().period();
    next_ = mark_ = 0;
  }
  while (mark_ + 1 < clip().marks().size() && clip().marks()[mark_ + 1].packet <= next_)
    ++mark_;
}

void MediaLoop::begin_clip(std::shared_ptr<const Clip> clip) {
  started_ = time();
  next_ = mark_ = 0;
  content_.clip = std::move(clip);
  tables_due_ = true;
  ++version_;
  make_tables();
}

void MediaLoop::make_tables() {
  ts::Pat pat = clip().pat();
  ts::Pmt pmt = clip().pmt();
  pat.version = pmt.version = version_ & 0x1f;
  for (auto& programme : pat.programmes)
    programme.pmt_pid = output_pid(programme.pmt_pid);
  pmt.pcr_pid = output_pid(pmt.pcr_pid);
  for (auto& stream : pmt.streams)
    stream.pid = output_pid(stream.pid);
  pat_.clear();
  for (const auto& section : ts::write_pat(pat)) {
    const auto packets = ts::packetize(section, ts::kPatPid);
    pat_.insert(pat_.end(), packets.begin(), packets.end());
  }
  const auto section = ts::write_pmt(pmt);
  if (!section) throw std::runtime_error(section.error().message);
  // On its PID in the clip: emit() moves it.
  pmt_ = ts::packetize(*section, clip().pmt_pid());
}

void MediaLoop::emit(std::vector<std::byte>& out, const std::byte* source) {
  out.insert(out.end(), source, source + ts::kPacketSize);
  ts::MutablePacket packet{out.data() + out.size() - ts::kPacketSize};
  if (packet.pid() != ts::kNullPid) restamp(packet);
  if (happens(content_.drop))
    out.erase(out.end() - ts::kPacketSize, out.end());
  else
    damage(packet);
}

void MediaLoop::emit_clock(std::vector<std::byte>& out, ts::PacketView picture) {
  if (const auto pcr = picture.pcr())
    emit(out, ts::make_pcr_packet(picture.pid(), picture.continuity(), *pcr, false).data());
}

bool MediaLoop::is_video(ts::Pid pid) const {
  const auto& streams = clip().pmt().streams;
  const auto stream = std::ranges::find(streams, pid, &ts::Pmt::Stream::pid);
  return stream != streams.end() &&
         ts::role_of(ts::classify(stream->stream_type, stream->descriptors, 0)) == ts::Role::Video;
}

void MediaLoop::restamp(ts::MutablePacket packet) {
  const ts::Pcr shift = origin_ + started_ + content_.jump - clip().first_pcr();
  if (const auto pcr = packet.pcr()) packet.set_pcr(*pcr + shift);
  const auto& streams = clip().pmt().streams;
  const auto stream = std::ranges::find(streams, packet.pid(), &ts::Pmt::Stream::pid);
  if (stream != streams.end() && packet.unit_start()) {
    if (stream->stream_type == kStreamTypeCue)
      shift_cue(packet, shift / ts::kPcrPerTick);
    else
      shift_stamps(packet, shift / ts::kPcrPerTick);
  }
  packet.set_pid(output_pid(packet.pid()));
  auto& counter = counters_[packet.pid()];
  if (packet.has_payload()) counter = (counter + 1) & 0x0f;
  packet.set_continuity(counter);
}

void MediaLoop::damage(ts::MutablePacket packet) {
  const bool is_stream =
      packet.pid() >= 0x20 && packet.pid() != ts::kNullPid && packet.pid() != output_pid(clip().pmt_pid());
  if (content_.scrambled && is_stream && packet.has_payload()) {
    const std::size_t offset = static_cast<std::size_t>(packet.payload().data() - packet.data());
    for (std::size_t i = offset; i < ts::kPacketSize; ++i)
      packet.data()[i] ^= static_cast<std::byte>(i * 37 + 11);
    store_u8(packet.data() + 3, load_u8(packet.data() + 3) | 0x80); // even key
  }
  if (happens(content_.corrupt))
    for (int hit = 0; hit < 8; ++hit)
      packet.data()[random_() % ts::kPacketSize] ^= static_cast<std::byte>(1 + random_() % 255);
}

bool MediaLoop::happens(double share) {
  return share > 0 && std::uniform_real_distribution<double>{}(random_) < share;
}

} // namespace relevo::provider
