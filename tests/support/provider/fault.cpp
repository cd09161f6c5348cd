// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of faults and the reading of their notation.
#include "provider/fault.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace relevo::provider {
namespace {

std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  // Nothing lasts longer than a billion seconds; that also keeps infinity and NaN out.
  return std::abs(value) <= 1e9 ? std::optional{value} : std::nullopt;
}

/// "FROM" or "FROM-TO".
bool parse_times(std::string_view text, Fault& fault) {
  const auto dash = text.find('-');
  const auto from = parse_number(text.substr(0, dash));
  if (!from) return false;
  fault.from = Seconds{*from};
  if (dash == std::string_view::npos) return true;
  const auto to = parse_number(text.substr(dash + 1));
  if (!to || *to < *from) return false;
  fault.to = Seconds{*to};
  return true;
}

bool accepts(const FaultInfo& info, const Fault& fault, bool is_number) {
  switch (info.value) {
  case FaultInfo::Value::None: return fault.text.empty();
  case FaultInfo::Value::Number: return is_number;
  case FaultInfo::Value::Text:
    return info.choices.empty() ? !fault.text.empty()
                                : std::ranges::find(info.choices, fault.text) != info.choices.end();
  }
  return false;
}

} // namespace

const std::vector<FaultInfo>& fault_table() {
  using Value = FaultInfo::Value;
  static const std::vector<FaultInfo> table{
      {FaultKind::Refuse, "refuse", Value::None, "reset the connection instead of an answer"},
      {FaultKind::Hold, "hold", Value::Number, "answer nothing for N seconds"},
      {FaultKind::Status, "status", Value::Number, "answer with this HTTP status (503 with Retry-After)"},
      {FaultKind::Redirect, "redirect", Value::Text, "send N redirects (302) in a row, or 'loop' for ever"},
      {FaultKind::Html, "html", Value::None, "answer 200 with an HTML page"},
      {FaultKind::HoldBody, "holdbody", Value::Number, "send the head, and the body N seconds later"},
      {FaultKind::Stall, "stall", Value::None, "send nothing, keep the connection open"},
      {FaultKind::Close, "close", Value::None, "close the connection"},
      {FaultKind::Reset, "reset", Value::None, "reset the connection"},
      {FaultKind::Truncate, "truncate", Value::None,
       "close inside a packet; in the URL or with chunked=1, inside a chunk"},
      {FaultKind::Slow, "slow", Value::Number, "send N percent slower than real time"},
      {FaultKind::Begin, "begin", Value::Number,
       "MPEG-TS: begin N seconds into the clip, as who tunes in late does"},
      {FaultKind::Corrupt, "corrupt", Value::Number, "damage this share of the packets (0 to 1)"},
      {FaultKind::Drop, "drop", Value::Number, "lose this share of the packets (0 to 1)"},
      {FaultKind::Jump, "jump", Value::Number, "move all clocks by N seconds, forth or back"},
      {FaultKind::Pids, "pids", Value::None, "use other PIDs"},
      {FaultKind::Clip, "clip", Value::Text, "play another clip (another codec) from the next key picture"},
      {FaultKind::Scrambled, "scrambled", Value::None, "scramble sound and pictures"},
      {FaultKind::NoVideo, "novideo", Value::None, "send no pictures; sound and clock go on"},
      {FaultKind::Black, "black", Value::None, "show black from the next key picture"},
      {FaultKind::Frozen, "frozen", Value::None, "show one picture from the next key picture"},
      {FaultKind::Silent, "silent", Value::None, "play silence from the next key picture"},
      {FaultKind::StalePlaylist, "stale", Value::None, "HLS: the playlist does not change any more"},
      {FaultKind::MissingSegments, "missing", Value::Number, "HLS: every Nth segment is not found"},
      {FaultKind::SequenceReset, "renumber", Value::None, "HLS: segments are numbered from 0 again"},
      {FaultKind::Gap, "gap", Value::Number, "HLS: every Nth segment is listed as a gap, and is not found"},
      {FaultKind::NoKey, "nokey", Value::None, "HLS: keys are refused with 403"},
      {FaultKind::Fmp4, "fmp4", Value::None, "HLS: the playlist says that its segments are fragmented MP4"},
      {FaultKind::AudioApart, "audioapart", Value::None, "HLS: the master playlist has the sound elsewhere"},
      {FaultKind::Empty,
       "empty",
       Value::Text,
       "lists: 'list', an empty one, or 'body', nothing at all",
       {"list", "body"}},
      {FaultKind::Cut, "cut", Value::Number,
       "lists: end after this share of the rows (0 to 1), inside the next"},
      {FaultKind::Drip, "drip", Value::Number, "lists: send N bytes a second"},
      {FaultKind::Half, "half", Value::None, "lists: leave every second row out"},
      {FaultKind::Renamed, "renamed", Value::Number,
       "lists: other names for this share of the rows (0 to 1)"},
      {FaultKind::Reordered, "reordered", Value::None, "lists: the same rows in another order"},
      {FaultKind::OtherHost, "host", Value::Text, "lists: URLs of this host"},
      {FaultKind::Token, "token", Value::Text, "lists: this token in every URL"},
      {FaultKind::Types,
       "types",
       Value::Text,
       "panel: 'strings' or 'ints' for numbers; 'null' or 'blank' for what may be missing",
       {"strings", "ints", "null", "blank"}},
      {FaultKind::Keyed, "keyed", Value::None, "panel: objects with numbers for keys instead of arrays"},
      {FaultKind::Warning, "warning", Value::None, "panel: a warning of PHP in front of the JSON"},
      {FaultKind::BadLogin,
       "badlogin",
       Value::Text,
       "panel: answer wrong logins with 'auth0' (the default), '401', '403', 'empty' or 'html'",
       {"auth0", "401", "403", "empty", "html"}},
      {FaultKind::Expired, "expired", Value::None, "panel: the account has expired"},
      {FaultKind::Reply, "reply", Value::Text,
       "AceStream: answer a start with 'html', 'cut', 'empty', 'list', a status, or the words of an error"},
      {FaultKind::SlowStart, "slowstart", Value::Number,
       "AceStream: open the session at once, and say so N seconds later"},
      {FaultKind::Prebuffer, "prebuffer", Value::Number,
       "AceStream: a session gives nothing for its first N seconds"},
      {FaultKind::NoPeers, "nopeers", Value::None, "AceStream: nobody has the channel"},
      {FaultKind::WrongHost, "wronghost", Value::None, "AceStream: hand back URLs of another host"},
      {FaultKind::Hang, "hang", Value::None, "AceStream: answer nothing but get_version"},
  };
  return table;
}

Result<Fault> parse_fault(std::string_view text) {
  const auto at = text.find('@');
  const auto head = text.substr(0, at);
  const auto colon = head.find(':');
  const auto name = head.substr(0, colon);
  const auto info = std::ranges::find(fault_table(), name, &FaultInfo::name);
  if (info == fault_table().end()) return fail("unknown fault '" + std::string{name} + "'");

  Fault fault{.kind = info->kind, .text = {}};
  if (colon != std::string_view::npos) fault.text = head.substr(colon + 1);
  const auto number = parse_number(fault.text);
  fault.number = number.value_or(0);
  if (!accepts(*info, fault, number.has_value()))
    return fail("wrong value for fault '" + std::string{name} + "'", name.size());
  if (at != std::string_view::npos && !parse_times(text.substr(at + 1), fault))
    return fail("wrong times for fault '" + std::string{name} + "', want @FROM or @FROM-TO", at);
  return fault;
}

bool FaultPlan::has(FaultKind kind) const {
  return std::ranges::find(faults_, kind, &Fault::kind) != faults_.end();
}

const Fault* FaultPlan::active(FaultKind kind, Seconds at) const {
  const auto found = std::find_if(faults_.rbegin(), faults_.rend(), [&](const Fault& fault) {
    return fault.kind == kind && fault.from <= at && at < fault.to;
  });
  return found == faults_.rend() ? nullptr : &*found;
}

std::string clip_needed(const Fault& fault) {
  switch (fault.kind) {
  case FaultKind::Clip: return fault.text;
  case FaultKind::Black: return "black";
  case FaultKind::Frozen: return "frozen";
  case FaultKind::Silent: return "silent";
  default: return {};
  }
}

} // namespace relevo::provider
