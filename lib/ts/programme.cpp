// SPDX-License-Identifier: LGPL-2.1-or-later
// The one programme of a spliced stream: PIDs by role, tables from the source that is on.
#include "ts/programme.hpp"

#include "ts/descriptors.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

constexpr std::uint16_t kTransportStreamId = 1;
constexpr std::uint16_t kOriginalNetworkId = 0xff01; // EN 300 468: reserved for private temporary use
constexpr Pid kPmtPid = 0x1000;
constexpr std::uint8_t kConditionalAccess = 0x09;
constexpr std::uint32_t kCuei = fourcc("CUEI");
constexpr std::array<std::byte, 6> kCueiRegistration{std::byte{descriptor_tag::kRegistration},
                                                     std::byte{4},
                                                     std::byte{'C'},
                                                     std::byte{'U'},
                                                     std::byte{'E'},
                                                     std::byte{'I'}};
constexpr std::size_t kRemembered = 64; // streams, in case they come back
constexpr unsigned kTablesPerSdt = 12;  // PAT and PMT come every 80 ms, the SDT about once a second

[[nodiscard]] constexpr Pid first_pid(Role role) noexcept {
  switch (role) {
  case Role::Video: return 0x100;
  case Role::Audio: return 0x110;
  case Role::Teletext: return 0x140;
  case Role::Subtitle: return 0x150;
  case Role::Splice: return 0x180;
  case Role::Metadata: return 0x190;
  case Role::Data: return 0x1a0;
  }
  return 0x1a0;
}

[[nodiscard]] DescriptorLoop without_conditional_access(Bytes loop) {
  DescriptorLoop kept;
  for (const Descriptor descriptor : Descriptors{loop}) {
    if (descriptor.tag == kConditionalAccess) continue;
    kept.push_back(static_cast<std::byte>(descriptor.tag));
    kept.push_back(static_cast<std::byte>(descriptor.body.size()));
    kept.insert(kept.end(), descriptor.body.begin(), descriptor.body.end());
  }
  return kept;
}

[[nodiscard]] LanguageCode language_code(Bytes descriptors) noexcept {
  const auto language = language_of(descriptors);
  return language ? language->code : LanguageCode{};
}

} // namespace

OutputProgramme::OutputProgramme(Service service) : service_(std::move(service)) {
  const Pat pat{
      .transport_stream_id = kTransportStreamId, .version = 0, .programmes = {{service_.id, kPmtPid}}};
  pat_table_.packets = packetize(write_pat(pat).front(), kPatPid);
  const Sdt sdt{.transport_stream_id = kTransportStreamId,
                .original_network_id = kOriginalNetworkId,
                .version = 0,
                .services = {{service_.id, make_service_descriptor(service_.provider, service_.name)}}};
  sdt_table_.packets = packetize(write_sdt(sdt)->front(), kSdtPid);
}

OutputStream* OutputProgramme::find(Role role) noexcept {
  const auto it =
      std::ranges::find_if(streams_, [&](const OutputStream& s) { return s.listed && s.role == role; });
  return it == streams_.end() ? nullptr : &*it;
}

std::vector<OutputStream*> OutputProgramme::assign(const std::vector<const Pmt::Stream*>& streams,
                                                   const DescriptorLoop& descriptors) {
  const Pmt programme{.descriptors = descriptors, .streams = {}};
  std::vector<Codec> codecs;
  for (const Pmt::Stream* stream : streams)
    codecs.push_back(programme.codec(*stream));
  const bool silent = std::ranges::none_of(codecs, [](Codec codec) { return role_of(codec) == Role::Audio; });
  for (OutputStream& stream : streams_) {
    // Players take the sound output down when its entry goes; splice signalling may come again at any time.
    const bool stays =
        stream.role == Role::Splice || (silent && stream.role == Role::Audio && &stream == find(Role::Audio));
    stream.listed = stream.listed && stays;
  }
  std::vector<OutputStream*> places(streams.size());
  // First those whose language is the same, so that the order of the others takes nobody's place.
  for (const bool by_language : {true, false}) {
    for (std::size_t i = 0; i < streams.size(); ++i) {
      const LanguageCode language = language_code(streams[i]->descriptors);
      if (places[i] != nullptr || (by_language && language == LanguageCode{})) continue;
      const auto free = std::ranges::find_if(streams_, [&](const OutputStream& stream) {
        const bool taken = std::ranges::find(places, &stream) != places.end();
        return !taken && stream.codec == codecs[i] && stream.source.stream_type == streams[i]->stream_type &&
               (!by_language || language_code(stream.source.descriptors) == language);
      });
      if (free == streams_.end()) continue;
      places[i] = &*free;
      free->listed = true;
    }
  }
  for (std::size_t i = 0; i < streams.size(); ++i)
    place(*streams[i], codecs[i], places[i]);
  rebuild(descriptors);
  for (OutputStream*& place : places)
    if (!place->listed) place = nullptr;
  return places;
}

void OutputProgramme::place(const Pmt::Stream& source, Codec codec, OutputStream*& place) {
  if (place == nullptr) place = &make_place(role_of(codec));
  place->codec = codec;
  place->source = source;
  place->source.descriptors = without_conditional_access(source.descriptors);
  place->listed = true;
}

/// Of the streams that have gone, one is forgotten when there are too many; the packets on its PID go on.
OutputStream& OutputProgramme::make_place(Role role) {
  const auto gone =
      std::ranges::find_if(streams_, [&](const OutputStream& s) { return !s.listed && s.role == role; });
  if (streams_.size() < kRemembered || gone == streams_.end()) {
    OutputStream& place = streams_.emplace_back();
    place.pid = free_pid(role);
    place.role = role;
    return place;
  }
  const Pid pid = gone->pid;
  const unsigned continuity = gone->continuity;
  *gone = {};
  gone->pid = pid;
  gone->role = role;
  gone->continuity = continuity;
  return *gone;
}

Pid OutputProgramme::free_pid(Role role) const {
  Pid pid = first_pid(role);
  while (std::ranges::any_of(streams_, [&](const OutputStream& stream) { return stream.pid == pid; }))
    ++pid;
  return pid;
}

void OutputProgramme::rebuild(const DescriptorLoop& descriptors) {
  Pmt pmt{.programme = service_.id,
          .version = pmt_.version,
          .pcr_pid = kNullPid,
          .descriptors = without_conditional_access(descriptors),
          .streams = {}};
  // Splice signalling that outlives its source still needs the registration that tells what it is.
  if (find(Role::Splice) != nullptr && registration_of(pmt.descriptors) != kCuei)
    pmt.descriptors.insert(pmt.descriptors.end(), kCueiRegistration.begin(), kCueiRegistration.end());
  for (const OutputStream& stream : streams_)
    if (stream.listed)
      pmt.streams.push_back({stream.source.stream_type, stream.pid, stream.source.descriptors});
  std::ranges::sort(pmt.streams, {}, &Pmt::Stream::pid);
  shorten(pmt);
  clock_stream_ = find(Role::Video) != nullptr ? find(Role::Video) : find(Role::Audio);
  if (clock_stream_ != nullptr) pmt.pcr_pid = clock_stream_->pid;
  if (!pmt_table_.packets.empty()) {
    if (pmt == pmt_) return;
    pmt.version = (pmt_.version + 1) & 0x1f;
  }
  pmt_ = std::move(pmt);
  pmt_table_.packets = packetize(write_pmt(pmt_).value(), kPmtPid);
}

/// What is more than a section holds is left out: the streams behind, which are the least important.
void OutputProgramme::shorten(Pmt& pmt) {
  while (!write_pmt(pmt)) {
    if (pmt.streams.size() <= 1 && !pmt.descriptors.empty()) {
      pmt.descriptors.clear();
      continue;
    }
    std::ranges::find(streams_, pmt.streams.back().pid, &OutputStream::pid)->listed = false;
    pmt.streams.pop_back();
  }
}

Bytes OutputProgramme::tables() {
  out_.clear();
  append(pat_table_);
  append(pmt_table_);
  if (calls_++ % kTablesPerSdt == 0) append(sdt_table_);
  return {out_.front().data(), out_.size() * kPacketSize};
}

void OutputProgramme::append(Table& table) {
  for (Packet& packet : table.packets) {
    table.continuity = (table.continuity + 1) & 0x0f;
    MutablePacket{packet.data()}.set_continuity(table.continuity);
    out_.push_back(packet);
  }
}

} // namespace relevo::ts
