// SPDX-License-Identifier: LGPL-2.1-or-later
// Events in, actions performed.
#include "playback.hpp"

#include "gx/trampoline.hpp"

#include <utility>

namespace relevo::acestreamsrc {
namespace {

using ace::Trouble;
using policy::Failure;

Failure failure_of(Trouble trouble) {
  switch (trouble) {
  case Trouble::Unreachable: return Failure::Refused;
  case Trouble::NoAnswer: return Failure::FirstByteTimeout;
  case Trouble::Status: return Failure::Status;
  case Trouble::Busy: return Failure::SlotRefused;
  case Trouble::NotAStream: return Failure::NotTransportStream;
  case Trouble::Truncated: return Failure::Truncated;
  case Trouble::Stalled: return Failure::Stalled;
  case Trouble::Ended:
  case Trouble::Lost:
  case Trouble::Stopped: return Failure::Ended;
  case Trouble::BadReply:
  case Trouble::Refused: return Failure::Other;
  }
  return Failure::Other;
}

} // namespace

Playback::Playback(GstElement* element, PlaybackPlan plan)
    : plan_(std::move(plan)),
      store_(plan_.capacity),
      bulletin_(element, plan_.engines),
      player_(plan_.player) {
  thread_ = std::jthread([this] { gx::call_from_c("ace-playback", [this] { run(); }); });
}

Playback::~Playback() {
  cut_.cancel();
  mailbox_.post(ace::event::Timer{}); // so that it is seen
}

void Playback::leave() {
  bulletin_.close();
  store_.close();
  mailbox_.post(ace::event::Leave{});
}

bool Playback::wait_until_done(std::chrono::steady_clock::time_point end) const {
  return done_.wait_until(end) == std::future_status::ready;
}

void Playback::run() {
  step(ace::event::Play{});
  while (!finished_ && !cut_.cancelled()) {
    const auto event =
        mailbox_.wait_until(timer_ ? time_of(*timer_) : std::chrono::steady_clock::time_point::max());
    if (!event) timer_.reset();
    step(event.value_or(ace::event::Timer{}));
  }
  sessions_.clear();
  finish_.set_value();
}

void Playback::step(const ace::Event& event) {
  if (const auto* bytes = std::get_if<ace::event::Bytes>(&event)) bulletin_.on(*bytes);
  if (const auto* came = std::get_if<ace::event::StatisticsCame>(&event)) bulletin_.on(*came);
  if (const auto* came = std::get_if<ace::event::NoticeCame>(&event)) bulletin_.on(*came);
  for (const ace::Action& action : player_.step(event, now()))
    std::visit([this](const auto& what) { perform(what); }, action);
}

void Playback::perform(const ace::action::Start& start) {
  bulletin_.on(start);
  SessionPlan plan{start.session, plan_.engines[start.engine], plan_.content, plan_.connect};
  const auto post = [this](ace::Event event) { mailbox_.post(std::move(event)); };
  sessions_[start.session] = std::make_unique<Session>(std::move(plan), store_, post, cut_);
}

void Playback::perform(const ace::action::Abandon& abandon) {
  sessions_.at(abandon.session)->abandon();
}

void Playback::perform(const ace::action::Read& read) {
  bulletin_.on(read);
  sessions_.at(read.session)->read();
}

void Playback::perform(const ace::action::Poll& poll) {
  sessions_.at(poll.session)->poll(poll.at);
}

void Playback::perform(const ace::action::Listen& listen) {
  sessions_.at(listen.session)->listen(listen.at);
}

void Playback::perform(const ace::action::Stop& stop) {
  bulletin_.on(stop);
  sessions_.at(stop.session)->stop(stop.at);
}

void Playback::perform(const ace::action::Release& release) {
  bulletin_.on(release);
  sessions_.erase(release.session);
}

void Playback::perform(const ace::action::ArmTimer& timer) {
  timer_ = timer.at;
}

void Playback::perform(const ace::action::GiveUp& give_up) {
  bulletin_.on(give_up);
}

void Playback::perform(const ace::action::Fail& fail) {
  bulletin_.on(fail);
  const ace::Problem& problem = fail.problem;
  store_.fail({failure_of(problem.trouble), problem.status,
               "No AceStream engine plays the channel: " + problem.detail,
               std::string(name_of(problem.trouble))});
}

void Playback::perform(const ace::action::Done&) {
  finished_ = true;
}

} // namespace relevo::acestreamsrc
