// SPDX-License-Identifier: LGPL-2.1-or-later
// Writes small transport streams by hand: tables, clock and PES packets, as right or as wrong as a test
// wants.
#pragma once

#include "hex.hpp"
#include "ts/psi.hpp"

#include <algorithm>
#include <map>

namespace relevo::test {

inline constexpr ts::Pid kPmtPid = 0x1000;
inline constexpr ts::Pid kVideoPid = 0x100;
inline constexpr ts::Pid kAudioPid = 0x101;

/// Programme 1: H.264, which carries the clock, and AAC.
inline ts::Pmt television_pmt() {
  return {.programme = 1,
          .version = 0,
          .pcr_pid = kVideoPid,
          .descriptors = {},
          .streams = {{0x1b, kVideoPid, {}}, {0x0f, kAudioPid, {}}}};
}

/// Programme 1: AAC alone.
inline ts::Pmt radio_pmt() {
  return {.programme = 1,
          .version = 0,
          .pcr_pid = kAudioPid,
          .descriptors = {},
          .streams = {{0x0f, kAudioPid, {}}}};
}

struct UnitOptions {
  std::optional<ts::Ticks> dts{};        // none: as the PTS
  std::optional<ts::Pcr> pcr{};          // in the first packet
  bool random_access = false;            // the indicator of the adaptation field
  bool discontinuity = false;            // likewise
  std::optional<std::size_t> declared{}; // PES packet length; none: the true one, 0 where it is too large
};

class TsBuilder {
 public:
  explicit TsBuilder(ts::Pmt first_pmt = television_pmt()) : pmt(std::move(first_pmt)) {}

  ts::Pmt pmt;
  std::vector<std::byte> bytes;

  /// PAT and PMT.
  void tables() {
    section(ts::kPatPid,
            ts::write_pat({.transport_stream_id = 1, .version = 0, .programmes = {{pmt.programme, kPmtPid}}})
                .front());
    section(kPmtPid, ts::write_pmt(pmt).value());
  }
  void section(ts::Pid pid, Bytes section) {
    for (ts::Packet& packet : ts::packetize(section, pid)) {
      ts::MutablePacket{packet.data()}.set_continuity(counters_[pid]++);
      append(packet);
    }
  }
  /// A packet with a PCR alone.
  void pcr(ts::Pid pid, ts::Pcr pcr, bool discontinuity = false) {
    append(ts::make_pcr_packet(pid, counters_[pid] - 1, pcr, discontinuity));
  }
  /// A PES packet around `stream`.
  void unit(ts::Pid pid, std::uint8_t stream_id, Bytes stream, ts::Ticks pts,
            const UnitOptions& options = {}) {
    std::vector<std::byte> pes(options.dts ? 19 : 14);
    ts::store_timestamp(&pes[9], pts);
    store_u8(&pes[9], load_u8(&pes[9]) | (options.dts ? 0x30U : 0x20U));
    if (options.dts) {
      ts::store_timestamp(&pes[14], *options.dts);
      store_u8(&pes[14], load_u8(&pes[14]) | 0x10U);
    }
    store_be32(&pes[0], 0x100U | stream_id);
    const std::size_t length = pes.size() - 6 + stream.size();
    store_be16(&pes[4], static_cast<unsigned>(options.declared.value_or(length > 0xffff ? 0 : length)));
    store_be16(&pes[6], options.dts ? 0x80c0 : 0x8080);
    store_u8(&pes[8], options.dts ? 10 : 5);
    pes.insert(pes.end(), stream.begin(), stream.end());
    payload(pid, pes, options);
  }
  /// Packets around these bytes, the first of which starts a unit.
  void payload(ts::Pid pid, Bytes rest, const UnitOptions& options = {}) {
    for (bool first = true; first || !rest.empty(); first = false) {
      const bool clock = first && options.pcr.has_value();
      const bool flags = first && (clock || options.random_access || options.discontinuity);
      const std::size_t room = 184U - (clock ? 8U : flags ? 2U : 0U);
      const std::size_t size = std::min(rest.size(), room);
      append(packet(pid, first, rest.first(size), flags ? &options : nullptr));
      rest = rest.subspan(size);
    }
  }
  void append(const ts::Packet& packet) { bytes.insert(bytes.end(), packet.begin(), packet.end()); }

  [[nodiscard]] std::size_t packets() const { return bytes.size() / ts::kPacketSize; }
  [[nodiscard]] ts::MutablePacket at(std::size_t packet) {
    return ts::MutablePacket{bytes.data() + packet * ts::kPacketSize};
  }
  void erase(std::size_t packet) {
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(packet * ts::kPacketSize);
    bytes.erase(begin, begin + ts::kPacketSize);
  }
  /// The n-th packet of a PID, as a packet number.
  [[nodiscard]] std::size_t find(ts::Pid pid, std::size_t n = 0) {
    for (std::size_t i = 0; i < packets(); ++i)
      if (at(i).pid() == pid && n-- == 0) return i;
    return packets();
  }

 private:
  ts::Packet packet(ts::Pid pid, bool unit_start, Bytes payload, const UnitOptions* flags) {
    if (flags == nullptr) return ts::make_payload_packet(pid, counters_[pid]++, unit_start, payload);
    ts::Packet packet;
    packet.fill(std::byte{0xff});
    packet[0] = ts::kSyncByte;
    store_be16(&packet[1], (unit_start ? 0x4000U : 0U) | pid);
    store_u8(&packet[3], 0x30U | (counters_[pid]++ & 0x0fU));
    store_u8(&packet[4], static_cast<unsigned>(183 - payload.size()));
    store_u8(&packet[5], (flags->discontinuity ? 0x80U : 0U) | (flags->random_access ? 0x40U : 0U) |
                             (flags->pcr ? 0x10U : 0U));
    if (flags->pcr) ts::store_pcr(&packet[6], *flags->pcr);
    std::copy(payload.begin(), payload.end(), packet.end() - static_cast<std::ptrdiff_t>(payload.size()));
    return packet;
  }

  std::map<ts::Pid, unsigned> counters_;
};

/// An H.264 picture of 320x180 at 25 a second, of this size: an IDR picture with its parameter sets, or a P
/// picture.
inline std::vector<std::byte> h264_picture(bool random_access, std::size_t size = 400) {
  std::vector<std::byte> picture =
      random_access
          ? from_hex("00000001091000000001674d400ceca0a0cfcf80880000030008000003019078a14cb00000000168ce0fc8"
                     "0000000165888400e83180050404e8e4085d54be17fc02b8015a6c19")
          : from_hex("00000001093000000001419a2306bc6c381e7b9a798512e0544c97674477e8d48b8a");
  picture.resize(std::max(size, picture.size()), std::byte{0xaa});
  return picture;
}

inline constexpr ts::Ticks kPicture = ts::kTicksPerSecond / 25;
inline constexpr ts::Ticks kLead = ts::kTicksPerSecond / 2; // from PCR to DTS
inline constexpr int kGop = 12;

/// One picture with the clock at its front; a random access picture has tables before it.
inline void add_picture(TsBuilder& stream, ts::Ticks dts, bool random_access, std::size_t size = 400) {
  if (random_access) stream.tables();
  stream.unit(kVideoPid, 0xe0, h264_picture(random_access, size), dts + kPicture,
              {.dts = dts, .pcr = (dts - kLead) * ts::kPcrPerTick, .random_access = random_access});
}

/// AAC is not looked into by its bytes here: nothing but its PES packets counts.
inline void add_sound(TsBuilder& stream, ts::Ticks pts, const UnitOptions& options = {}) {
  stream.unit(kAudioPid, 0xc0, std::vector<std::byte>(300, std::byte{0x55}), pts, options);
}

/// Pictures and sound without a fault, a random access picture every kGop.
inline void add_television(TsBuilder& stream, ts::Ticks first_dts, int pictures) {
  for (int i = 0; i < pictures; ++i) {
    const ts::Ticks dts = first_dts + i * kPicture;
    add_picture(stream, dts, i % kGop == 0);
    add_sound(stream, dts);
  }
}

/// Sound that carries the clock, with tables before every packet.
inline void add_radio(TsBuilder& stream, ts::Ticks first_pts, int units) {
  for (int i = 0; i < units; ++i) {
    const ts::Ticks pts = first_pts + i * kPicture;
    stream.tables();
    add_sound(stream, pts, {.pcr = (pts - kLead) * ts::kPcrPerTick});
  }
}

} // namespace relevo::test
