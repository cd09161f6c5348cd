// SPDX-License-Identifier: LGPL-2.1-or-later
// Other PIDs, continuity counters, PCR, PTS and DTS, written over the old ones where they stand.
#include "modes.hpp"

#include "ts/packet.hpp"
#include "ts/pes.hpp"
#include "ts/psi.hpp"

#include <cstring>

namespace relevo::bench {
namespace {

using namespace relevo::ts;

constexpr Pid kOwnPmtPid = 0x0020;
constexpr Pid kFirstOwnPid = 0x0200;
constexpr Ticks kOffset = 12345 * kTicksPerSecond;

[[noreturn]] void fail(const char* why) {
  throw std::runtime_error(std::string("rewrite: ") + why);
}

class Rewriter {
 public:
  Rewriter() {
    for (Pid pid = 0; pid < kPidCount; ++pid)
      routes_[pid].pid = pid;
  }

  void push(MutableBytes block) {
    if (block.size() % kPacketSize != 0) fail("a packet is cut off");
    for (std::size_t at = 0; at < block.size(); at += kPacketSize)
      on_packet(MutablePacket{&block[at]});
  }

 private:
  struct Route {
    Pid pid = kNullPid;
    std::uint8_t continuity = 0; // of the next packet with a payload
    bool pes = false;
  };

  void on_packet(MutablePacket packet) {
    if (packet.data()[0] != kSyncByte) fail("a packet does not begin where the one before it ends");
    const Pid pid = packet.pid();
    if (psi_.follows(pid)) write_table(packet);
    Route& route = routes_[pid];
    packet.set_pid(route.pid);
    packet.set_continuity(packet.has_payload() ? route.continuity++ : route.continuity - 1U);
    if (packet.has_adaptation()) {
      if (const auto pcr = packet.pcr()) packet.set_pcr(*pcr + kOffset * kPcrPerTick);
      packet.shift_other_clocks(kOffset);
    }
    if (packet.unit_start() && route.pes) move_stamps(packet);
  }

  static void move_stamps(MutablePacket packet) {
    PesHeader header;
    const std::size_t size = packet.payload().size();
    const MutableBytes payload{packet.data() + kPacketSize - size, size};
    if (parse_pes_header(payload, header) != PesParse::Ok)
      fail("no PES header in the first packet of a unit");
    if (!header.pts) return;
    rewrite_pes_header(payload, header, *header.pts + kOffset, header.dts.value_or(*header.pts) + kOffset,
                       kOffset);
  }

  /// Puts the table that says what we send in the place of the one that said what came.
  void write_table(MutablePacket packet) {
    const Pid pid = packet.pid();
    if (psi_.push(packet)) adopt(*psi_.pmt());
    if (pid == kPatPid && psi_.pat() && psi_.pat() != pat_) adopt(*psi_.pat());
    const std::optional<Packet>& table = pid == kPatPid ? pat_packet_ : pmt_packet_;
    if (!table) fail("a table is not whole in one packet");
    std::memcpy(packet.data(), table->data(), kPacketSize);
  }

  void adopt(const Pat& pat) {
    pat_ = pat;
    Pat own = pat;
    if (own.programmes.size() != 1) fail("not one programme");
    own.programmes[0].pmt_pid = kOwnPmtPid;
    pat_packet_ = only_packet(write_pat(own).at(0), kPatPid);
  }

  void adopt(const Pmt& pmt) {
    Pmt own = pmt;
    routes_[psi_.pmt_pid()].pid = kOwnPmtPid;
    Pid next = kFirstOwnPid;
    for (Pmt::Stream& stream : own.streams) {
      routes_[stream.pid].pid = next;
      routes_[stream.pid].pes = role_of(pmt.codec(stream)) != Role::Splice;
      stream.pid = next++;
    }
    own.pcr_pid = routes_[pmt.pcr_pid].pid;
    const auto section = write_pmt(own);
    if (!section) fail("the PMT does not fit");
    pmt_packet_ = only_packet(*section, kOwnPmtPid);
  }

  [[nodiscard]] static Packet only_packet(Bytes section, Pid pid) {
    const auto packets = packetize(section, pid);
    if (packets.size() != 1) fail("a table is not whole in one packet");
    return packets[0];
  }

  PsiTracker psi_;
  std::optional<Pat> pat_;
  std::optional<Packet> pat_packet_, pmt_packet_; // as they are sent
  std::array<Route, kPidCount> routes_{};         // by the PID that comes
};

} // namespace

void rewrite(tool::InputFile& input, tool::OutputFile& output) {
  Rewriter rewriter;
  for (MutableBytes block = input.read(); !block.empty(); block = input.read()) {
    rewriter.push(block);
    output.write(block);
  }
}

} // namespace relevo::bench
