// SPDX-License-Identifier: LGPL-2.1-or-later
// What failoversrc can be told.
#pragma once

#include "candidate.hpp"
#include "policy/failover.hpp"

namespace relevo::failoversrc {

using std::chrono::milliseconds;

struct Settings {
  std::vector<CandidateSpec> candidates;
  std::vector<policy::SlotLimit> slots;
  std::string slate;                   // file with a transport stream
  std::string service_name = "Relevo"; // of the output, for its service table

  // As in policy::FailoverSettings, which says what they mean.
  policy::Standby standby = policy::Standby::Cold;
  milliseconds slot_timeout{4000};
  milliseconds connect_timeout{4000};
  milliseconds first_byte_timeout{5000};
  milliseconds entry_timeout{6000};
  milliseconds audio_entry_timeout{3000};
  milliseconds silence_timeout{2000};
  milliseconds slow_behind{3000};
  milliseconds slow_window{12000};
  milliseconds ailment_timeout{2000};
  milliseconds penalty_half_life{300'000};
  milliseconds return_after{60'000};
  milliseconds return_interval{300'000};
  milliseconds settle_time{10'000};
  milliseconds slate_after{3000};
  milliseconds retry_first{1000};
  milliseconds retry_longest{30'000};
};

[[nodiscard]] const gstx::Properties<Settings>& settings_table();
[[nodiscard]] policy::FailoverSettings make_policy(const Settings& settings);

} // namespace relevo::failoversrc
