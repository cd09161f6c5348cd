// SPDX-License-Identifier: LGPL-2.1-or-later
// The programmes of a stream, kept up to date.
#include "ts/programme_map.hpp"

#include <algorithm>

namespace relevo::ts {

bool ProgrammeMap::push(Pid pid, Bytes section) {
  if (pid == kPatPid) {
    if (!pat_table_.push(section)) return false;
    on_pat();
    return true;
  }
  bool changed = false;
  for (Programme& programme : programmes_) {
    if (programme.pmt_pid != pid || !programme.table_.push(section, programme.number)) continue;
    programme.pmt = parse_pmt(programme.table_.sections());
    changed = true;
  }
  return changed;
}

void ProgrammeMap::on_pat() {
  pat_ = parse_pat(pat_table_.sections());
  std::list<Programme> now;
  for (const Pat::Programme& entry : pat_->programmes) {
    if (now.size() == kMaxProgrammes) break;
    const auto known = std::ranges::find_if(programmes_, [&](const Programme& p) {
      return p.number == entry.number && p.pmt_pid == entry.pmt_pid;
    });
    if (known == programmes_.end())
      now.emplace_back(entry);
    else
      now.splice(now.end(), programmes_, known);
  }
  programmes_ = std::move(now);
}

bool ProgrammeMap::is_pmt_pid(Pid pid) const noexcept {
  return std::ranges::any_of(programmes_, [&](const Programme& p) { return p.pmt_pid == pid; });
}

const ProgrammeMap::Programme* ProgrammeMap::first() const noexcept {
  const auto it = std::ranges::find_if(programmes_, [](const Programme& p) { return p.pmt.has_value(); });
  return it == programmes_.end() ? nullptr : &*it;
}

} // namespace relevo::ts
