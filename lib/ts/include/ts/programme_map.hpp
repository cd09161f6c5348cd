// SPDX-License-Identifier: LGPL-2.1-or-later
// Every programme of a stream: its PAT, and the PMTs that the PAT names.
#pragma once

#include "ts/psi.hpp"

#include <list>

namespace relevo::ts {

/// For those who look at a whole stream. Who plays one programme wants a PsiTracker.
class ProgrammeMap {
 public:
  /// More programmes than a multiplex has; further ones in a PAT are nonsense and not followed.
  static constexpr std::size_t kMaxProgrammes = 128;

  struct Programme {
    explicit Programme(Pat::Programme entry) : number(entry.number), pmt_pid(entry.pmt_pid) {}

    std::uint16_t number;
    Pid pmt_pid;
    std::optional<Pmt> pmt;

   private:
    friend class ProgrammeMap;
    TableCollector table_{kTableIdPmt};
  };

  /// Takes a section that came on `pid`. True when it changes the PAT or a PMT.
  bool push(Pid pid, Bytes section);

  [[nodiscard]] const std::optional<Pat>& pat() const noexcept { return pat_; }
  /// In the order of the PAT; where that stays the same, references stay valid.
  [[nodiscard]] const std::list<Programme>& programmes() const noexcept { return programmes_; }
  /// Whether the PAT names it.
  [[nodiscard]] bool is_pmt_pid(Pid pid) const noexcept;
  /// The first programme whose PMT has come; null before.
  [[nodiscard]] const Programme* first() const noexcept;

 private:
  void on_pat();

  TableCollector pat_table_{kTableIdPat};
  std::optional<Pat> pat_;
  std::list<Programme> programmes_;
};

} // namespace relevo::ts
