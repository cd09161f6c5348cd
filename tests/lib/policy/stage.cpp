// SPDX-License-Identifier: LGPL-2.1-or-later
// A stage for the failover machine.
#include "stage.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace relevo::policy::test {
namespace {

constexpr Duration kTick = seconds(0.25); // of streams that flow

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

std::string number(Duration value) {
  return number(std::chrono::duration<double>(value).count());
}

std::string text(AttemptId id) {
  return " " + std::to_string(static_cast<std::uint32_t>(id));
}

std::string text(CandidateId id) {
  return std::string(" ") + static_cast<char>('A' + static_cast<int>(id));
}

struct Describe {
  std::string operator()(const action::Open& a) const {
    return "open" + text(a.attempt) + text(a.candidate) + " " + std::string(name_of(a.reason));
  }
  std::string operator()(const action::Close& a) const { return "close" + text(a.attempt); }
  std::string operator()(const action::Splice& a) const {
    return "splice" + text(a.attempt) + text(a.candidate) + " " + std::string(name_of(a.reason)) + " " +
           number(a.gap);
  }
  std::string operator()(const action::StartSlate&) const { return "slate"; }
  std::string operator()(const action::StopSlate&) const { return "no-slate"; }
  std::string operator()(const action::ArmTimer&) const { return {}; }
  std::string operator()(const action::GiveUp& a) const {
    std::string line =
        "give-up" + text(a.attempt) + text(a.candidate) + " " + std::string(name_of(a.verdict.failure));
    if (a.verdict.status != 0) line += " " + std::to_string(a.verdict.status);
    if (a.verdict.limit.count() > 0) line += " " + number(a.verdict.measured) + "/" + number(a.verdict.limit);
    return line;
  }
  std::string operator()(const action::BackOff& a) const { return "back-off " + number(a.wait); }
  std::string operator()(const action::Refuse& a) const {
    return "refuse" + (a.candidate ? text(*a.candidate) : " next");
  }
};

} // namespace

CandidateId named(char name) {
  return CandidateId{static_cast<std::uint32_t>(name - 'A')};
}

std::vector<Candidate> candidates(std::string_view names) {
  std::vector<Candidate> result;
  for (const char c : names) {
    if (c >= 'A' && c <= 'Z')
      result.push_back({named(c), std::string(1, c), {}, 0});
    else if (c != ' ')
      result.back().slot_key += c;
  }
  return result;
}

event::CandidatesChanged list(std::string_view names, std::vector<SlotLimit> slots) {
  return {candidates(names), std::move(slots)};
}

std::string describe(const Action& action) {
  return std::visit(Describe{}, action);
}

Happening plays(std::uint32_t attempt) {
  return {event::RandomAccess{AttemptId{attempt}}, Happening::Flow::Begins, attempt};
}

Happening falls_silent(std::uint32_t attempt) {
  return {event::Bytes{AttemptId{attempt}}, Happening::Flow::Ends, attempt};
}

Happening fails(std::uint32_t attempt, Failure failure, int status) {
  return {event::Failed{AttemptId{attempt}, failure, status}, Happening::Flow::Ends, attempt};
}

Happening nothing() {
  return event::Timer{};
}

Stage::Stage(std::string_view names, FailoverSettings settings) : machine_(settings) {
  step(list(names), now_);
}

void Stage::step(const Event& event, Time now) {
  now_ = now;
  for (Action& action : machine_.step(event, now)) {
    if (const auto* timer = std::get_if<action::ArmTimer>(&action))
      armed_ = timer->at;
    else if (const auto* close = std::get_if<action::Close>(&action))
      streams_.erase(static_cast<std::uint32_t>(close->attempt));
    if (!std::holds_alternative<action::ArmTimer>(action)) done_.emplace_back(now, std::move(action));
  }
}

Time Stage::next_moment() const {
  Time next = Time::max();
  if (armed_) next = *armed_;
  for (const auto& [attempt, stream] : streams_)
    next = std::min(next, stream.next);
  return next;
}

void Stage::pass_until(Time until) {
  for (Time moment = next_moment(); moment <= until; moment = next_moment()) {
    const auto due = std::find_if(streams_.begin(), streams_.end(),
                                  [moment](const auto& entry) { return entry.second.next == moment; });
    if (due == streams_.end()) {
      armed_.reset();
      step(event::Timer{}, moment);
      continue;
    }
    const AttemptId attempt{due->first};
    const Duration position = moment - due->second.began;
    due->second.next += kTick;
    step(event::Bytes{attempt}, moment);
    step(event::MediaTime{attempt, position}, moment);
  }
}

std::vector<std::pair<Time, Action>> Stage::run(double until, const Happening& what) {
  const Time now = Time{} + seconds(until);
  pass_until(now);
  if (what.flow == Happening::Flow::Ends) streams_.erase(what.attempt);
  if (what.flow == Happening::Flow::Begins) streams_[what.attempt] = {now, now + kTick};
  step(what.event, now);
  return std::exchange(done_, {});
}

void Stage::row(double at, const Happening& what, std::string_view expected) {
  CAPTURE(at);
  std::string text;
  for (const auto& [time, action] : run(at, what)) {
    if (!text.empty()) text += "; ";
    if (time != now_) text += "@" + number(time - Time{}) + " ";
    text += describe(action);
  }
  CHECK(text == expected);
}

} // namespace relevo::policy::test
