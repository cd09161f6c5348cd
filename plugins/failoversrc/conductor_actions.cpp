// SPDX-License-Identifier: LGPL-2.1-or-later
// What the failover machine decides, performed and reported.
#include "base/text.hpp"
#include "conductor.hpp"
#include "gstx/contract.hpp"

#include <algorithm>

namespace relevo::failoversrc {
namespace {

namespace action = policy::action;
namespace event = policy::event;

std::uint64_t nanoseconds(policy::Duration duration) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(std::chrono::nanoseconds(duration).count(), 0));
}

gstx::Structure decision(const char* what) {
  gstx::Structure structure(contract::kFailover);
  structure.set(contract::kDecision, what);
  return structure;
}

gstx::Structure decision(const char* what, const CandidateSpec& candidate, policy::AttemptId attempt) {
  auto structure = decision(what);
  structure.set("candidate", candidate.id)
      .set("label", candidate.label)
      .set("attempt", static_cast<std::uint32_t>(attempt));
  return structure;
}

} // namespace

void Conductor::perform(const action::Open& open) {
  Opening& opening = openings_[open.attempt];
  if (const CandidateSpec* candidate = book_.find(open.candidate)) opening.candidate = *candidate;
  statistics_.lock()->on_open(opening.candidate.id, now());
  auto report = decision("open", opening.candidate, open.attempt);
  report.set("reason", std::string(name_of(open.reason)));
  host_.report(std::move(report));
  if (take_slot(open.attempt, opening)) read(open.attempt, opening);
}

bool Conductor::take_slot(policy::AttemptId attempt, Opening& opening) {
  const CandidateSpec& candidate = opening.candidate;
  if (candidate.slot_key.empty()) return true;
  opening.has_slot = host_.request_slot(candidate);
  if (opening.has_slot)
    post(Told{event::SlotGranted{attempt}});
  else
    fail(attempt, {policy::Failure::SlotRefused,
                   0,
                   concat("The login ", candidate.slot_key, " has no free connection"),
                   {}});
  return opening.has_slot;
}

void Conductor::read(policy::AttemptId attempt, Opening& opening) {
  const CandidateSpec& candidate = opening.candidate;
  auto element = gstx::make_source(
      {.uri = host_.resolve_uri(candidate),
       .command = candidate.command,
       .channel_id = candidate.channel_id,
       .form = opening.form,
       .user_agent = candidate.user_agent,
       .headers = candidate.headers,
       .proxy = candidate.proxy,
       .reach = candidate.reach,
       .connect_timeout = connect_timeout_,
       .first_byte_timeout =
           candidate.command.empty() ? first_byte_timeout_ : std::max(first_byte_timeout_, kCommandStart)});
  if (!element) return fail(attempt, std::move(element.error()));
  const FeedId feed{attempt, opening.turns++};
  const auto hear = [this, feed](policy::Event event) { post(Heard{feed, Told{std::move(event)}}); };
  opening.feed = std::make_unique<Feed>(feed, output_, hear);
  if (!opening.feed->run(bin_, std::move(*element)))
    fail(attempt, {policy::Failure::Other, 0, "The source could not be started", {}});
}

/// The address gives its media in another form: this attempt goes on with the element that reads it.
void Conductor::read_as(gstx::Form form, policy::AttemptId attempt, Opening& opening) {
  auto report = decision("read-as", opening.candidate, attempt);
  report.set(contract::kForm, name_of(form));
  host_.report(std::move(report));
  opening.form = form;
  opening.feed.reset(); // its connection first: a login may have one
  opening.told = {};
  read(attempt, opening);
}

/// Behind what the source itself has said by now, which counts first.
void Conductor::fail(policy::AttemptId attempt, gstx::SourceFailure failure) {
  post(SourceFailed{attempt, std::move(failure)});
}

void Conductor::perform(const action::Close& close) {
  const auto found = openings_.find(close.attempt);
  if (found == openings_.end()) return;
  Opening opening = std::move(found->second);
  openings_.erase(found);
  opening.feed.reset();
  if (opening.has_slot) host_.release_slot(opening.candidate);
  statistics_.lock()->on_close(opening.candidate.id);
  host_.report(decision("close", opening.candidate, close.attempt));
}

void Conductor::perform(const action::Splice& splice) {
  const Opening& opening = openings_.at(splice.attempt);
  output_.switch_to(opening.feed->source());
  statistics_.lock()->on_switch(opening.candidate.id, splice.reason, splice.gap);
  auto report = decision("switch", opening.candidate, splice.attempt);
  report.set("reason", std::string(name_of(splice.reason))).set("gap", nanoseconds(splice.gap));
  if (splice.from) report.set("from", book_.id_of(*splice.from));
  host_.report(std::move(report));
}

void Conductor::perform(const action::StartSlate&) {
  if (slate_.start()) host_.report(decision("slate-on"));
}

void Conductor::perform(const action::StopSlate&) {
  if (slate_.stop()) host_.report(decision("slate-off"));
}

void Conductor::perform(const action::ArmTimer& arm) {
  timer_ = arm.at;
}

void Conductor::perform(const action::GiveUp& given_up) {
  const Opening& opening = openings_.at(given_up.attempt);
  const policy::Verdict& verdict = given_up.verdict;
  statistics_.lock()->on_failure(opening.candidate.id, verdict, opening.failure, given_up.penalty);
  auto report = decision("give-up", opening.candidate, given_up.attempt);
  report.set(contract::kKind, std::string(name_of(verdict.failure))).set("penalty", given_up.penalty);
  if (verdict.status != 0) report.set(contract::kStatus, std::int32_t{verdict.status});
  if (!opening.failure.empty()) report.set("text", opening.failure);
  if (verdict.limit != policy::Duration::zero())
    report.set("measured", nanoseconds(verdict.measured)).set("limit", nanoseconds(verdict.limit));
  host_.report(std::move(report));
}

void Conductor::perform(const action::BackOff& back_off) {
  auto report = decision("back-off");
  report.set("wait", nanoseconds(back_off.wait));
  host_.report(std::move(report));
}

void Conductor::perform(const action::Refuse& refused) {
  refuse(refused.candidate ? book_.id_of(*refused.candidate) : "");
}

void Conductor::refuse(const std::string& id) {
  auto report = decision("refuse");
  if (!id.empty()) report.set("candidate", id);
  host_.report(std::move(report));
}

} // namespace relevo::failoversrc
