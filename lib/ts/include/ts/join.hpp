// SPDX-License-Identifier: LGPL-2.1-or-later
// Where somebody who was not there from the beginning can join a stream, and the tables that he needs first.
#pragma once

#include "ts/segment.hpp"

#include <memory>

namespace relevo::ts {

/// A random access picture (without video, any unit of sound), with the packets of PAT and PMT that were in
/// force before it. These are packets of the stream itself: who gets them, and then the stream from `offset`,
/// sees counters that run on.
struct JoinPoint {
  std::uint64_t offset = 0; // of its first packet
  std::shared_ptr<const std::vector<std::byte>> tables;
};

/// Finds them as Segmenter does, in a stream of one programme whose tables may stand anywhere. No point is
/// told before there were a PAT and a PMT.
class JoinFinder {
 public:
  using OnPoint = std::function<void(const JoinPoint&)>;
  explicit JoinFinder(OnPoint on_point);
  JoinFinder(const JoinFinder&) = delete;
  JoinFinder& operator=(const JoinFinder&) = delete;

  /// Whole packets of 188 bytes. A point is told once it is known to be one, which is after its first bytes.
  void push(Bytes packets);

 private:
  /// The packets that carry one table, the newest that is whole and the one before it.
  class TablePackets {
   public:
    /// Packets of its PID, in order.
    void push(PacketView packet, std::uint64_t offset);
    /// What was whole before `offset`, as far as is known; null where nothing was.
    [[nodiscard]] const std::vector<std::byte>* before(std::uint64_t offset) const noexcept;
    void clear();

   private:
    struct Copy {
      std::uint64_t end = 0; // behind its last packet
      std::vector<std::byte> packets;
    };

    SectionAssembler section_;
    std::vector<std::byte> open_; // of a table that is not whole yet
    std::optional<Copy> newest_, older_;
  };

  void on_tables(PacketView packet);
  void on_random_access(std::uint64_t offset);

  OnPoint on_point_;
  Segmenter segmenter_;
  PsiTracker psi_;
  Pid pmt_pid_ = kNullPid;
  TablePackets pat_, pmt_;
  std::shared_ptr<const std::vector<std::byte>> tables_; // of the newest point
  std::uint64_t offset_ = 0;                             // of the packet that is looked at
};

} // namespace relevo::ts
