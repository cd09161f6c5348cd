// SPDX-License-Identifier: LGPL-2.1-or-later
// The player: sessions from their opening to the confirmation of their end.
#include "ace/player.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <utility>

namespace relevo::ace {
namespace {

using std::chrono::seconds;

constexpr unsigned kStopAttempts = 3;
constexpr Duration kStopPause = seconds{1};
/// Some engines answer at once, whether there is news or not.
constexpr Duration kListenPause = std::chrono::milliseconds{250};
constexpr unsigned kDeafAttempts = 3;
constexpr Duration kDeafPause = seconds{5};
/// Bytes younger than this prove a session that the engine denies.
constexpr Duration kProof = seconds{1};

/// Broken off by itself, the engine being there: another session of it is worth a try at once.
bool is_of_session(Trouble trouble) {
  return trouble == Trouble::Ended || trouble == Trouble::Truncated || trouble == Trouble::Lost;
}

bool is_buffering(Phase phase) {
  return phase == Phase::Prebuffering || phase == Phase::Buffering || phase == Phase::Waiting ||
         phase == Phase::Checking;
}

Problem lost() {
  return {Trouble::Lost, 0, "the engine does not know the session any more"};
}

std::string in_seconds(Duration time) {
  return concat(std::chrono::ceil<seconds>(time).count(), " s");
}

std::string describe_stall(Duration time, const std::optional<Statistics>& statistics) {
  auto text = "nothing came for " + in_seconds(time);
  if (!statistics) return text;
  return concat(text, ": the engine is ", name_of(statistics->phase), " with ", statistics->peers, " peers");
}

bool has_moved(const Statistics& before, const Statistics& after) {
  return after.progress != before.progress || after.downloaded != before.downloaded;
}

} // namespace

std::string_view name_of(Trouble trouble) noexcept {
  switch (trouble) {
  case Trouble::Unreachable: return "unreachable";
  case Trouble::NoAnswer: return "no-answer";
  case Trouble::Status: return "status";
  case Trouble::BadReply: return "bad-reply";
  case Trouble::Refused: return "refused";
  case Trouble::Busy: return "busy";
  case Trouble::NotAStream: return "not-a-stream";
  case Trouble::Ended: return "ended";
  case Trouble::Truncated: return "truncated";
  case Trouble::Stalled: return "stalled";
  case Trouble::Lost: return "lost";
  case Trouble::Stopped: return "stopped";
  }
  return "unreachable";
}

Player::Player(PlayerSettings settings)
    : settings_(settings), engines_(std::max<std::size_t>(settings.engines, 1)) {}

std::vector<Action> Player::step(const Event& event, Instant now) {
  now_ = std::max(now_, now);
  std::visit([this](const auto& what) { receive(what); }, event);
  judge();
  open_next();
  finish();
  arm_timer();
  return std::exchange(actions_, {});
}

// ---- events ----

void Player::receive(const event::Play&) {
  playing_ = !over_;
}

void Player::receive(const event::Leave&) {
  playing_ = false;
  over_ = true;
  if (current_) leave();
}

void Player::receive(const event::Started& started) {
  if (Leaving* leaving = find_leaving(started.session); leaving && leaving->stops == 0)
    return stop(*leaving, {});
  if (!is_current(started.session) || current_->stage != Stage::Starting) return;
  enter(Stage::Prebuffering);
  current_->last_byte = current_->last_sign = now_;
  current_->polled = started.statistics;
  act(action::Read{started.session});
  if (started.statistics) act(action::Poll{started.session, now_});
  if (started.notices) act(action::Listen{started.session, now_});
}

void Player::receive(const event::StartFailed& failed) {
  if (const Leaving* leaving = find_leaving(failed.session); leaving && leaving->stops == 0)
    return release(failed.session, false);
  if (!is_current(failed.session) || current_->stage != Stage::Starting) return;
  enter(Stage::Unopened);
  give_up(failed.problem);
}

void Player::receive(const event::Bytes& bytes) {
  if (!reads(bytes.session)) return;
  current_->last_byte = current_->last_sign = now_;
  if (current_->stage == Stage::Prebuffering) enter(Stage::Playing);
  if (!settled()) return;
  engines_[current_->engine] = {};
  favourite_ = current_->engine;
  failures_ = 0;
}

void Player::receive(const event::ReadFailed& failed) {
  if (!reads(failed.session)) return;
  // The engine may have said better why.
  give_up(current_->doubt && is_of_session(failed.problem.trouble) ? *current_->doubt : failed.problem);
}

void Player::receive(const event::StatisticsCame& came) {
  if (!reads(came.session)) return;
  const auto before = std::exchange(current_->statistics, came.statistics);
  if (is_buffering(came.statistics.phase) && (!before || has_moved(*before, came.statistics)))
    current_->last_sign = now_;
  act(action::Poll{came.session, now_ + settings_.poll});
}

void Player::receive(const event::StatisticsFailed& failed) {
  if (!reads(failed.session)) return;
  if (failed.unknown_session) return doubt(lost());
  act(action::Poll{failed.session, now_ + settings_.poll});
}

void Player::receive(const event::NoticeCame& came) {
  if (!reads(came.session)) return;
  if (ends_playback(came.notice))
    return doubt({Trouble::Stopped, 0, "the engine stopped it: " + describe(came.notice)});
  current_->deaf = 0;
  act(action::Listen{came.session, now_ + kListenPause});
}

void Player::receive(const event::NoticeFailed& failed) {
  if (!reads(failed.session)) return;
  if (failed.unknown_session) return doubt(lost());
  if (++current_->deaf < kDeafAttempts) act(action::Listen{failed.session, now_ + kDeafPause});
}

void Player::receive(const event::Stopped& stopped) {
  Leaving* leaving = find_leaving(stopped.session);
  if (!leaving || leaving->stops == 0) return;
  if (!stopped.done && leaving->stops < kStopAttempts) return stop(*leaving, kStopPause * leaving->stops);
  release(stopped.session, !stopped.done);
}

// ---- sessions ----

void Player::open_next() {
  if (current_ || !playing_) return;
  const auto engine = choose_engine();
  if (!engine) return;
  current_ = Session{};
  current_->id = SessionId{++sessions_};
  current_->engine = *engine;
  enter(Stage::Starting);
  act(action::Start{current_->id, *engine});
}

std::optional<std::size_t> Player::choose_engine() const {
  const auto rested = [this](std::size_t engine) { return engines_[engine].rested <= now_; };
  if (favourite_ && rested(*favourite_)) return favourite_;
  for (std::size_t engine = 0; engine < engines_.size(); ++engine)
    if (rested(engine)) return engine;
  return std::nullopt;
}

void Player::enter(Stage stage) {
  current_->stage = stage;
  current_->stage_since = now_;
}

void Player::judge() {
  if (current_ && due() <= now_) give_up(overdue());
}

/// Waits whether the stream goes on all the same.
void Player::doubt(Problem problem) {
  if (!current_->doubt) current_->doubt = std::move(problem);
}

/// By value: what it is given may belong to the session.
void Player::give_up(Problem problem) {
  const bool was_settled = settled();
  const Duration rest = was_settled && is_of_session(problem.trouble) ? Duration{} : next_rest();
  engines_[current_->engine].rested = now_ + rest;
  act(action::GiveUp{current_->id, current_->engine, problem, rest});
  leave();
  if (was_settled) return;
  ++failures_;
  if (settings_.rounds == 0 || failures_ < settings_.rounds * engines_.size()) return;
  playing_ = false;
  over_ = true;
  act(action::Fail{std::move(problem)});
}

Duration Player::next_rest() {
  EngineState& engine = engines_[current_->engine];
  if (favourite_ == current_->engine) favourite_.reset();
  Duration rest = settings_.first_rest;
  for (unsigned i = 0; i < engine.failures && rest < settings_.longest_rest; ++i)
    rest *= 2;
  ++engine.failures;
  return std::min(rest, settings_.longest_rest);
}

/// Whatever is open of the current one is given back.
void Player::leave() {
  const SessionId id = current_->id;
  const Stage stage = current_->stage;
  current_.reset();
  if (stage == Stage::Unopened) return act(action::Release{id, false});
  leaving_.push_back({id, 0});
  if (stage == Stage::Starting)
    act(action::Abandon{id});
  else
    stop(leaving_.back(), {});
}

void Player::stop(Leaving& leaving, Duration wait) {
  ++leaving.stops;
  act(action::Stop{leaving.id, now_ + wait});
}

void Player::release(SessionId session, bool lost) {
  std::erase_if(leaving_, [session](const Leaving& leaving) { return leaving.id == session; });
  act(action::Release{session, lost});
}

void Player::finish() {
  if (!over_ || done_ || !leaving_.empty()) return;
  done_ = true;
  act(action::Done{});
}

// ---- time ----

void Player::arm_timer() {
  const auto next = next_change();
  // A timer that is too early costs a step; to move it with every byte would cost more.
  if (!next || (armed_ && *armed_ <= *next && *armed_ > now_)) return;
  armed_ = next;
  act(action::ArmTimer{*next});
}

std::optional<Instant> Player::next_change() const {
  if (current_) return due();
  if (!playing_) return std::nullopt;
  return std::ranges::min_element(engines_, {}, &EngineState::rested)->rested;
}

/// When the current one is given up if nothing comes.
Instant Player::due() const {
  const Session& session = *current_;
  if (session.stage == Stage::Starting) return session.stage_since + settings_.start;
  const Instant stalled =
      std::min(session.last_sign + patience(), session.last_byte + settings_.prebuffering);
  return session.doubt ? std::min(session.last_byte + kProof, stalled) : stalled;
}

/// For how long nothing may move.
Duration Player::patience() const {
  const bool playing = current_->stage == Stage::Playing;
  if (playing && settings_.silence > Duration{}) return settings_.silence;
  return !playing && current_->polled ? settings_.progress : settings_.prebuffering;
}

/// Why it is, then.
Problem Player::overdue() const {
  const Session& session = *current_;
  if (session.stage == Stage::Starting)
    return {Trouble::NoAnswer, 0, "the engine has opened no session within " + in_seconds(settings_.start)};
  if (session.doubt) return *session.doubt;
  return {Trouble::Stalled, 0, describe_stall(now_ - session.last_byte, session.statistics)};
}

bool Player::settled() const {
  return current_->stage == Stage::Playing && now_ - current_->stage_since >= settings_.settled;
}

// ---- look-up ----

bool Player::is_current(SessionId session) const {
  return current_ && current_->id == session;
}

bool Player::reads(SessionId session) const {
  return is_current(session) && current_->stage >= Stage::Prebuffering;
}

Player::Leaving* Player::find_leaving(SessionId session) {
  const auto found = std::ranges::find(leaving_, session, &Leaving::id);
  return found == leaving_.end() ? nullptr : &*found;
}

} // namespace relevo::ace
