// SPDX-License-Identifier: LGPL-2.1-or-later
// The checker's rules for tables: intact, versioned, repeated, one programme.
#pragma once

#include "check_context.hpp"
#include "ts/pid_table.hpp"
#include "ts/programme_map.hpp"

#include <map>
#include <set>
#include <tuple>

namespace relevo::ts {

class TableRules {
 public:
  explicit TableRules(CheckContext& context) noexcept : context_(context) {}

  /// Whether sections of this PID are looked into.
  [[nodiscard]] bool follows(Pid pid) const noexcept;
  /// Sections of splice information come on these PIDs.
  void follow_splices(std::set<Pid> pids) noexcept { splice_pids_ = std::move(pids); }
  /// A packet of such a PID; `lost`: packets before it are missing. True when PAT or PMT have changed.
  bool push(PacketView packet, bool lost);
  /// The clock of the programme went on by `elapsed`.
  void on_clock(Pcr elapsed);
  void finish() const;

  [[nodiscard]] const ProgrammeMap& programmes() const noexcept { return programmes_; }

 private:
  struct Reader {
    explicit Reader(Pid) {}
    SectionAssembler assembler;
  };
  struct Presence {
    const char* name;
    Pcr missing_for = 0;
    bool seen = false;
    bool reported = false;
  };
  using SectionKey = std::tuple<Pid, std::uint8_t, std::uint16_t, std::uint8_t>; // table, extension, number

  bool on_section(Pid pid, Bytes section);
  void judge_version(Pid pid, const SectionHeader& header, Bytes section);
  void judge_presence(Presence& presence, Pcr elapsed) const;

  CheckContext& context_;
  PidTable<Reader> readers_;
  ProgrammeMap programmes_;
  std::set<Pid> splice_pids_;
  std::map<SectionKey, std::vector<std::byte>> known_;
  Presence pat_{"PAT"}, pmt_{"PMT"};
};

} // namespace relevo::ts
