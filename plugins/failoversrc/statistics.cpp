// SPDX-License-Identifier: LGPL-2.1-or-later
// Counting, and the structure that tells it.
#include "statistics.hpp"

#include "base/text.hpp"

#include <utility>

namespace relevo::failoversrc {
namespace {

std::uint64_t nanoseconds(policy::Duration duration) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(std::chrono::nanoseconds(duration).count(), 0));
}

} // namespace

void Statistics::on_open(const std::string& id, policy::Time at) {
  OfCandidate& candidate = candidates_[id];
  ++candidate.attempts;
  candidate.opened_at = candidate.then = at;
  candidate.bytes_then = 0;
  candidate.bytes_before = candidate.bytes;
  candidate.bitrate = 0;
  candidate.continuity_errors_before = candidate.continuity_errors;
}

void Statistics::on_first_byte(const std::string& id, policy::Time at) {
  candidates_[id].first_byte = at - candidates_[id].opened_at;
}

void Statistics::on_entry(const std::string& id, policy::Time at) {
  candidates_[id].entry = at - candidates_[id].opened_at;
}

void Statistics::on_failure(const std::string& id, const policy::Verdict& verdict, const std::string& text,
                            double penalty) {
  OfCandidate& candidate = candidates_[id];
  ++candidate.failures[verdict.failure];
  candidate.last_failure = name_of(verdict.failure);
  if (!text.empty()) candidate.last_failure += ": " + text;
  candidate.penalty = penalty;
}

void Statistics::on_switch(const std::string& id, policy::Reason reason, policy::Duration gap) {
  if (!current_.empty()) previous_ = current_;
  current_ = id;
  ++switches_;
  last_switches_.push_back({id, reason, gap});
  if (last_switches_.size() > kSwitchesKept) last_switches_.pop_front();
}

void Statistics::on_close(const std::string& id) {
  if (current_ == id) previous_ = std::exchange(current_, "");
}

void Statistics::on_signs(const std::string& id, const Signs& signs, policy::Time at) {
  OfCandidate& candidate = candidates_[id];
  candidate.bytes = candidate.bytes_before + signs.bytes;
  candidate.continuity_errors = candidate.continuity_errors_before + signs.seen.continuity_errors;
  const std::chrono::duration<double> passed = at - candidate.then;
  if (passed < std::chrono::seconds{1}) return;
  candidate.bitrate = static_cast<double>(signs.bytes - candidate.bytes_then) * 8 / passed.count();
  candidate.bytes_then = signs.bytes;
  candidate.then = at;
}

gstx::Structure Statistics::write(const std::string& id, const OfCandidate& candidate) {
  gstx::Structure failures("failures");
  std::uint64_t total = 0;
  for (const auto& [failure, count] : candidate.failures) {
    failures.set(std::string(name_of(failure)).c_str(), count);
    total += count;
  }
  gstx::Structure out("candidate");
  out.set("id", id)
      .set("attempts", candidate.attempts)
      .set("failures", total)
      .set("failures-by-kind", std::move(failures))
      .set("penalty", candidate.penalty)
      .set("bytes", candidate.bytes)
      .set("bitrate", candidate.bitrate)
      .set("continuity-errors", candidate.continuity_errors);
  if (!candidate.last_failure.empty()) out.set("last-failure", candidate.last_failure);
  if (candidate.first_byte) out.set("first-byte", nanoseconds(*candidate.first_byte));
  if (candidate.entry) out.set("entry", nanoseconds(*candidate.entry));
  return out;
}

gstx::Structure Statistics::write(const ts::SpliceCounters& splices) const {
  std::vector<gstx::Structure> candidates, switches;
  for (const auto& [id, candidate] : candidates_)
    candidates.push_back(write(id, candidate));
  for (const Switch& last : last_switches_) {
    gstx::Structure item("switch");
    item.set("to", last.to)
        .set("reason", std::string(name_of(last.reason)))
        .set("gap", nanoseconds(last.gap));
    switches.push_back(std::move(item));
  }
  gstx::Structure out("failoversrc-stats");
  out.set("current", current_)
      .set("previous", previous_)
      .set("switches", switches_)
      .set("last-switches", std::move(switches))
      .set("candidates", std::move(candidates))
      .set("packets", splices.packets)
      .set("joints", splices.joints)
      .set("format-changes", splices.format_changes);
  return out;
}

} // namespace relevo::failoversrc
