// SPDX-License-Identifier: LGPL-2.1-or-later
// Events in words.
#include "sessions/event.hpp"

#include "base/text.hpp"

namespace relevo::sessions {
namespace {

long long milliseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

/// Of what says something: "name=value", in quotes where there are spaces.
class Line {
 public:
  explicit Line(std::string begin) : text_(std::move(begin)) {}

  void add(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    const bool quoted = value.find(' ') != std::string_view::npos;
    const char* quote = quoted ? "\"" : "";
    text_ += concat(' ', name, '=', quote, value, quote);
  }
  void add(std::string_view name, long long value) {
    if (value != 0) text_ += concat(' ', name, '=', value);
  }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

} // namespace

std::string describe(const Event& event) {
  Line line(concat(event.channel_name, ", session ", event.session, ": ", name_of(event.what)));
  line.add("candidate", event.candidate);
  line.add("from", event.from);
  line.add("reason", event.reason);
  line.add("failure", event.failure);
  line.add("status", event.status);
  line.add("text", event.text);
  line.add("measured_ms", milliseconds(event.measured));
  line.add("limit_ms", milliseconds(event.limit));
  line.add("gap_ms", milliseconds(event.gap));
  line.add("wait_ms", milliseconds(event.wait));
  line.add("address", event.who.address);
  line.add("agent", event.who.agent);
  line.add("user", event.who.user);
  line.add("kind", event.kind);
  line.add("bytes", static_cast<long long>(event.bytes));
  line.add("skips", static_cast<long long>(event.skips));
  return line.take();
}

std::string_view name_of(Happening happening) noexcept {
  switch (happening) {
  case Happening::SessionOpened: return "session-opened";
  case Happening::SessionClosed: return "session-closed";
  case Happening::CandidateTried: return "candidate-tried";
  case Happening::CandidateFailed: return "candidate-failed";
  case Happening::SlotRefused: return "slot-refused";
  case Happening::ConnectionAwaited: return "connection-awaited";
  case Happening::Switched: return "switched";
  case Happening::AllFailed: return "all-failed";
  case Happening::SlateShown: return "slate-shown";
  case Happening::SlateHidden: return "slate-hidden";
  case Happening::ViewerJoined: return "viewer-joined";
  case Happening::ViewerRefused: return "viewer-refused";
  case Happening::ViewerRedirected: return "viewer-redirected";
  case Happening::ViewerLeft: break;
  }
  return "viewer-left";
}

std::string_view name_of(Cause cause) noexcept {
  switch (cause) {
  case Cause::None: break;
  case Cause::Unwatched: return "unwatched";
  case Cause::Removed: return "removed";
  case Cause::RoomMade: return "room-made";
  case Cause::Stopped: return "stopped";
  case Cause::NoSource: return "no-source";
  case Cause::NoConnection: return "no-connection";
  case Cause::Failed: return "failed";
  case Cause::SentAway: return "sent-away";
  case Cause::Misasked: return "misasked";
  }
  return "";
}

std::string_view name_of(ViewerKind kind) noexcept {
  return kind == ViewerKind::Hls ? "hls" : "ts";
}

std::string_view name_of(State state) noexcept {
  switch (state) {
  case State::Opening: return "opening";
  case State::Queued: return "queued";
  case State::Live: return "live";
  case State::Draining: return "draining";
  case State::Closing: break;
  }
  return "closing";
}

} // namespace relevo::sessions
