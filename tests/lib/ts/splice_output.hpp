// SPDX-License-Identifier: LGPL-2.1-or-later
// What the tests of the splicer share: little sources, joining them, and what players would receive.
#pragma once

#include "ts/check.hpp"
#include "ts/splice.hpp"
#include "ts_builder.hpp"

namespace relevo::test {

inline constexpr ts::Ticks kStart = 10 * ts::kTicksPerSecond;
inline constexpr ts::Pid kOutVideo = 0x100;
inline constexpr ts::Pid kOutAudio = 0x110;

inline TsBuilder television(ts::Ticks first_dts, int pictures) {
  TsBuilder stream;
  add_television(stream, first_dts, pictures);
  return stream;
}

/// What players would receive.
struct Output {
  std::vector<std::byte> bytes;

  void take(ts::Splicer& splicer) {
    bytes.insert(bytes.end(), splicer.output().begin(), splicer.output().end());
    splicer.clear_output();
  }
  [[nodiscard]] std::string violations() const {
    std::string text;
    ts::Checker checker([&](const ts::Violation& v) {
      text.append(name_of(v.kind)).append(": ").append(v.text).append("\n");
    });
    checker.push(bytes);
    checker.finish();
    return text;
  }
  template <class Fn>
  void for_each(ts::Pid pid, Fn fn) const {
    for (std::size_t at = 0; at < bytes.size(); at += ts::kPacketSize)
      if (const ts::PacketView packet{&bytes[at]}; packet.pid() == pid) fn(packet);
  }
  /// The PTS of every unit on a PID, in order.
  [[nodiscard]] std::vector<ts::Ticks> pts(ts::Pid pid) const {
    std::vector<ts::Ticks> found;
    for_each(pid, [&](ts::PacketView packet) {
      ts::PesHeader header;
      if (packet.unit_start() && parse_pes_header(packet.payload(), header) == ts::PesParse::Ok && header.pts)
        found.push_back(*header.pts);
    });
    return found;
  }
  /// The last one.
  [[nodiscard]] ts::Pmt pmt() const {
    ts::PsiTracker tracker;
    for (std::size_t at = 0; at < bytes.size(); at += ts::kPacketSize)
      if (const ts::PacketView packet{&bytes[at]}; tracker.follows(packet.pid())) tracker.push(packet);
    return tracker.pmt().value();
  }
};

inline void push(ts::Splicer& splicer, ts::SourceId id, Bytes bytes, Output& output) {
  splicer.push(id, bytes);
  output.take(splicer);
}

/// Each part is played to its end and left for the next.
inline Output splice(const std::vector<Bytes>& parts) {
  ts::Splicer splicer;
  Output output;
  for (const Bytes part : parts) {
    const ts::SourceId id = splicer.add_source();
    splicer.switch_to(id);
    push(splicer, id, part, output);
  }
  return output;
}

/// Steps between pictures in the order in which they are shown; each once.
inline std::vector<ts::Ticks> steps(std::vector<ts::Ticks> pts) {
  for (std::size_t i = 1; i < pts.size(); ++i)
    pts[i] = pts[i - 1] + ts::wrapped_difference(pts[i], pts[i - 1], ts::kTicksModulus);
  std::ranges::sort(pts);
  std::vector<ts::Ticks> found;
  for (std::size_t i = 1; i < pts.size(); ++i)
    found.push_back(pts[i] - pts[i - 1]);
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

inline const std::vector<ts::Ticks> kEven{kPicture};

} // namespace relevo::test
