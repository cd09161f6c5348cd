// SPDX-License-Identifier: LGPL-2.1-or-later
// The one programme of a spliced stream: its PIDs, which stay, and its tables, which follow the source that
// is on.
#pragma once

#include "ts/codec.hpp"
#include "ts/packet.hpp"
#include "ts/psi.hpp"
#include "ts/video.hpp"

#include <list>
#include <string>

namespace relevo::ts {

/// What the tables of the output say about the channel.
struct Service {
  std::uint16_t id = 1;
  std::string provider = "Relevo";
  std::string name = "Relevo";
};

struct OutputStream {
  Pid pid = kNullPid;
  Pmt::Stream source; // as in the source that is on, or that was the last to have it
  Codec codec = Codec::Unknown;
  Role role = Role::Data;
  bool listed = false;      // in the PMT now
  unsigned continuity = 15; // of the last packet with payload

  std::optional<Ticks> end;      // of what has been sent: the latest PTS and its duration
  std::optional<Ticks> last_dts; // of the last unit that was sent
  bool joining = false;          // nothing has been sent since the last joint
  std::optional<VideoFormat> format;
};

class OutputProgramme {
 public:
  explicit OutputProgramme(Service service);

  /// Maps the streams of a source to output streams: the same role, codec and, where there are several,
  /// language keep their PID; what is new gets one. Entry i of the result belongs to streams[i]; it is null
  /// where the PMT has no room for the stream. Conditional access descriptors go.
  std::vector<OutputStream*> assign(const std::vector<const Pmt::Stream*>& streams,
                                    const DescriptorLoop& descriptors);

  /// That carries the PCR: the first video stream, else the first audio stream; null when there is neither.
  [[nodiscard]] OutputStream* clock_stream() noexcept { return clock_stream_; }
  [[nodiscard]] OutputStream* find(Role role) noexcept;

  /// PAT, PMT and, every few times, the SDT; with their continuity counters. Valid until the next call.
  [[nodiscard]] Bytes tables();

 private:
  void place(const Pmt::Stream& source, Codec codec, OutputStream*& place);
  [[nodiscard]] OutputStream& make_place(Role role);
  [[nodiscard]] Pid free_pid(Role role) const;
  void rebuild(const DescriptorLoop& descriptors);
  void shorten(Pmt& pmt);

  struct Table {
    std::vector<Packet> packets;
    unsigned continuity = 15;
  };
  void append(Table& table);

  Service service_;
  std::list<OutputStream> streams_; // addresses stay
  OutputStream* clock_stream_ = nullptr;
  Pmt pmt_;
  Table pat_table_, pmt_table_, sdt_table_;
  unsigned calls_ = 0;
  std::vector<Packet> out_;
};

} // namespace relevo::ts
