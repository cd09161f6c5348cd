// SPDX-License-Identifier: LGPL-2.1-or-later
// The player of an AceStream channel with its laws: whatever it is told, each of its answers is judged.
#pragma once

#include "ace/player.hpp"

#include <map>
#include <optional>

namespace relevo::ace::test {

/// Performs what the machine says, in a model, and checks that it could be performed. `require(law, name)` is
/// called with every judgement.
class LawfulPlayer {
 public:
  using Require = void (*)(bool law, const char* name);
  LawfulPlayer(PlayerSettings settings, Require require)
      : settings_(settings), machine_(settings), require_(require) {}

  void step(const Event& event, Instant now) {
    std::visit([this](const auto& what) { note(what); }, event);
    for (const Action& action : machine_.step(event, now)) {
      require_(!done_, "nothing comes after the end");
      std::visit([&](const auto& what) { perform(what, now); }, action);
    }
    judge();
  }

  /// Lets the timer ring as often as it is armed for a time up to then.
  void ring_until(Instant until) {
    while (armed_ && *armed_ <= until) {
      const Instant now = *std::exchange(armed_, std::nullopt);
      step(event::Timer{}, now);
    }
  }

  /// The way out, with every question answered.
  void leave(Instant now) {
    step(event::Leave{}, now);
    while (!sessions_.empty()) {
      const auto [id, session] = *sessions_.begin();
      if (!session.answered)
        step(event::Started{id, true, true}, now);
      else
        step(event::Stopped{id, true}, now);
    }
    require_(done_, "it comes to an end");
  }

  [[nodiscard]] std::uint32_t newest() const { return newest_; }

 private:
  struct Model {
    bool answered = false; // the start
    bool opened = false;
    bool abandoned = false;
    unsigned stops = 0;
    bool stopping = false; // a command is unanswered
    bool confirmed = false;
  };

  template <class Anything>
  void note(const Anything&) {}
  void note(const event::Play&) { playing_ = !over_; }
  void note(const event::Leave&) { over_ = true; }
  void note(const event::Started& e) {
    Model* session = find(e.session);
    if (session && !std::exchange(session->answered, true)) session->opened = true;
  }
  void note(const event::StartFailed& e) {
    if (Model* session = find(e.session)) session->answered = true;
  }
  void note(const event::Stopped& e) {
    Model* session = find(e.session);
    if (session && std::exchange(session->stopping, false)) session->confirmed = e.done;
  }

  void perform(const action::Start& start, Instant) {
    require_(playing_ && !over_, "nothing is opened on the way out");
    require_(static_cast<std::uint32_t>(start.session) > newest_, "a session has a number of its own");
    require_(start.engine < std::max<std::size_t>(settings_.engines, 1),
             "only engines of the list are asked");
    for (const auto& [id, session] : sessions_)
      require_(session.abandoned || session.stops > 0, "one session at a time");
    newest_ = static_cast<std::uint32_t>(start.session);
    sessions_[start.session] = {};
  }
  void perform(const action::Abandon& abandon, Instant) {
    Model& session = known(abandon.session);
    require_(!session.answered && !std::exchange(session.abandoned, true),
             "what is unanswered is abandoned, once");
  }
  void perform(const action::Read& read, Instant) {
    const Model& session = known(read.session);
    require_(session.opened && session.stops == 0, "what is open is read");
  }
  void perform(const action::Poll& poll, Instant now) {
    const Model& session = known(poll.session);
    require_(session.opened && session.stops == 0 && poll.at >= now, "what is open is polled");
  }
  void perform(const action::Listen& listen, Instant now) {
    const Model& session = known(listen.session);
    require_(session.opened && session.stops == 0 && listen.at >= now, "what is open is listened to");
  }
  void perform(const action::Stop& stop, Instant now) {
    Model& session = known(stop.session);
    require_(session.opened && !session.confirmed, "what is open is stopped");
    require_(!std::exchange(session.stopping, true) && stop.at >= now, "one command at a time");
    require_(++session.stops <= 3, "the command is not repeated for ever");
  }
  void perform(const action::Release& release, Instant) {
    const Model& session = known(release.session);
    require_(session.answered && !session.stopping, "what is released is answered");
    require_(release.lost == (session.opened && !session.confirmed),
             "what was opened was stopped, or is told lost");
    sessions_.erase(release.session);
  }
  void perform(const action::ArmTimer& timer, Instant now) {
    require_(timer.at >= now, "the timer is not in the past");
    armed_ = timer.at;
  }
  void perform(const action::GiveUp& give_up, Instant) {
    require_(sessions_.count(give_up.session) == 1 && !over_, "what is open is given up");
    require_(give_up.rest >= Duration{} && give_up.rest <= settings_.longest_rest, "a rest has bounds");
  }
  void perform(const action::Fail&, Instant) {
    require_(!std::exchange(over_, true), "it fails once, and not when it was left");
    require_(settings_.rounds != 0, "without a limit it never fails");
  }
  void perform(const action::Done&, Instant) {
    require_(over_ && sessions_.empty(), "at the end nothing is open");
    done_ = true;
  }

  void judge() const {
    require_(!done_ || sessions_.empty(), "done is done");
    if (playing_ && !over_) require_(armed_.has_value(), "what plays, or will, has a deadline");
  }

  Model* find(SessionId session) {
    const auto found = sessions_.find(session);
    return found == sessions_.end() ? nullptr : &found->second;
  }
  Model& known(SessionId session) {
    require_(sessions_.count(session) == 1, "only what was opened is acted on");
    return sessions_[session];
  }

  PlayerSettings settings_;
  Player machine_;
  Require require_;
  bool playing_ = false, over_ = false, done_ = false;
  std::map<SessionId, Model> sessions_;
  std::optional<Instant> armed_;
  std::uint32_t newest_ = 0;
};

} // namespace relevo::ace::test
