// SPDX-License-Identifier: LGPL-2.1-or-later
// A simple checker of transport streams, independent of the code that made them.
#include "stream_check.hpp"

#include "ts/pes.hpp"

#include <cstdlib>

namespace relevo::provider::test {
namespace {

class Checker {
 public:
  explicit Checker(ts::Ticks frame) : frame_(frame) {}

  void push(ts::PacketView packet) {
    ++result.packets;
    if (packet.data()[0] != ts::kSyncByte) {
      ++result.lost_sync;
      return;
    }
    result.transport_errors += packet.transport_error();
    check_counter(packet);
    if (psi_.follows(packet.pid())) return check_tables(packet);
    if (packet.has_payload() && packet.pid() != ts::kNullPid) result.pids.insert(packet.pid());
    result.scrambled += packet.scrambling() != 0;
    if (!psi_.pmt() || packet.pid() != psi_.pmt()->pcr_pid) return;
    if (const auto pcr = packet.pcr()) check_clock(*pcr);
    if (frame_ != 0 && packet.unit_start()) check_decoding(packet);
  }

  StreamCheck result;

 private:
  void check_counter(ts::PacketView packet) {
    if (packet.pid() == ts::kNullPid || !packet.has_payload()) return;
    auto& last = counters_[packet.pid()];
    if (last && (*last + 1) % 16 != packet.continuity()) ++result.continuity_errors;
    last = packet.continuity();
  }

  void check_tables(ts::PacketView packet) {
    if (!psi_.push(packet)) return;
    ++result.tables;
    for (const auto& stream : psi_.pmt()->streams)
      result.stream_types.insert(stream.stream_type);
  }

  void check_clock(ts::Pcr pcr) {
    if (!result.first_pcr) result.first_pcr = pcr;
    if (last_pcr_) {
      const ts::Pcr step = ts::wrapped_difference(pcr, *last_pcr_, ts::kPcrModulus);
      const bool is_jump = step < 0 || step > ts::kPcrPerSecond / 10;
      if (is_jump) {
        ++result.clock_jumps;
        if (std::abs(step) > std::abs(result.largest_jump)) result.largest_jump = step;
      } else {
        result.clock_span += step;
      }
    }
    last_pcr_ = pcr;
  }

  void check_decoding(ts::PacketView packet) {
    ts::PesHeader header;
    if (ts::parse_pes_header(packet.payload(), header) != ts::PesParse::Ok || !header.pts) return;
    const ts::Ticks dts = header.dts.value_or(*header.pts);
    if (last_dts_ && ts::wrapped_difference(dts, *last_dts_, ts::kTicksModulus) != frame_)
      ++result.decoding_jumps;
    last_dts_ = dts;
  }

  ts::Ticks frame_;
  ts::PsiTracker psi_;
  std::array<std::optional<unsigned>, ts::kPidCount> counters_{};
  std::optional<ts::Pcr> last_pcr_;
  std::optional<ts::Ticks> last_dts_;
};

} // namespace

StreamCheck check_stream(std::string_view bytes, ts::Ticks frame) {
  Checker checker{frame};
  const Bytes all = as_bytes(bytes);
  for (std::size_t at = 0; at + ts::kPacketSize <= all.size(); at += ts::kPacketSize)
    checker.push(ts::PacketView{all.data() + at});
  return checker.result;
}

} // namespace relevo::provider::test
