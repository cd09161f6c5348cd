// SPDX-License-Identifier: LGPL-2.1-or-later
// The checker's rules for one elementary stream: its PES packets, their clocks, its random access points.
#pragma once

#include "check_context.hpp"
#include "ts/pes_reader.hpp"
#include "ts/picture_probe.hpp"

namespace relevo::ts {

class UnitRules {
 public:
  UnitRules(CheckContext& context, Pid pid, Codec codec);

  [[nodiscard]] Pid pid() const noexcept { return pid_; }
  [[nodiscard]] Codec codec() const noexcept { return codec_; }
  /// The next packet of the PID with a payload in the clear; `lost`: packets before it are missing.
  void push(PacketView packet, bool lost);

 private:
  void begin_unit();
  void end_unit();
  void on_header();
  void on_picture();
  void judge_order(Ticks stamp);
  void judge_arrival(Ticks stamp, Pcr pcr, Ticks earliest);

  CheckContext& context_;
  Pid pid_;
  Codec codec_;
  Role role_;
  PesReader reader_;
  std::optional<PictureProbe> probe_;

  // Of the open unit.
  std::optional<Ticks> stamp_;  // DTS
  std::optional<Pcr> last_pcr_; // the newest when its last byte came
  unsigned time_base_ = 0;
  bool damaged_ = false;
  bool overrun_reported_ = false;
  bool picture_decided_ = true;
  bool marked_random_access_ = false;

  // Across units.
  std::optional<Ticks> last_stamp_;
  unsigned last_stamp_base_ = 0;
  std::optional<unsigned> entered_base_; // the time base whose first picture was judged
  bool random_access_announced_ = false;
  bool orphan_reported_ = false;
};

} // namespace relevo::ts
