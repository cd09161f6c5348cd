// SPDX-License-Identifier: LGPL-2.1-or-later
// Events as sentences: what happened, and why.
#include "base/text.hpp"
#include "policy/failure.hpp"
#include "sessions/event.hpp"

namespace relevo::sessions {
namespace {

using policy::Failure;

/// "2.0", of tenths.
template <class T>
std::string with_one_digit(T tenths) {
  return concat(tenths / 10, '.', tenths % 10);
}

/// "40 ms", "2.0 s".
std::string in_words(std::chrono::nanoseconds time) {
  using namespace std::chrono;
  if (time < seconds(1)) return concat(duration_cast<milliseconds>(time).count(), " ms");
  return concat(with_one_digit(time / milliseconds(100)), " s");
}

std::string in_words(std::uint64_t bytes) {
  constexpr std::uint64_t kTenthOfMega = 100'000;
  return concat(with_one_digit(bytes / kTenthOfMega), " MB");
}

std::string phrase(Failure failure, const Event& event) {
  switch (failure) {
  case Failure::Refused: return "no connection";
  case Failure::Dns: return "its name has no address";
  case Failure::Status: return concat("HTTP status ", event.status);
  case Failure::NotTransportStream: return "what comes is no transport stream";
  case Failure::Ended: return "it ended";
  case Failure::Truncated: return "it broke off";
  case Failure::SlotRefused: return "no free connection";
  case Failure::SlotTimeout: return concat("no free connection within ", in_words(event.limit));
  case Failure::ConnectTimeout: return concat("no connection within ", in_words(event.limit));
  case Failure::FirstByteTimeout: return concat("no byte within ", in_words(event.limit));
  case Failure::EntryTimeout: return concat("no picture to begin with within ", in_words(event.limit));
  case Failure::Stalled: return concat("no bytes for ", in_words(event.measured));
  case Failure::Slow: return concat(in_words(event.measured), " behind real time");
  case Failure::Scrambled: return "it is scrambled";
  case Failure::NoVideo: return "sound without video";
  case Failure::Other: break;
  }
  return "failed";
}

/// Found by a deadline, so that figures say most.
bool is_measured(Failure failure) {
  switch (failure) {
  case Failure::SlotTimeout:
  case Failure::ConnectTimeout:
  case Failure::FirstByteTimeout:
  case Failure::EntryTimeout:
  case Failure::Stalled:
  case Failure::Slow: return true;
  default: return false;
  }
}

/// Why a source is opened or switched to.
std::string_view because(const Event& event) {
  const std::string_view reason = event.reason;
  if (reason == "failure") return ": the one before failed";
  if (reason == "removal") return ": the one before was taken out";
  if (reason == "user") return ": somebody wished it";
  if (reason == "standby") return ", to have it ready";
  if (reason == "return") return ": it comes first, and works again";
  return "";
}

std::string switched(const Event& event) {
  if (event.from.empty()) return concat("playing ", event.candidate, because(event));
  const auto gap = event.gap.count() > 0 ? concat(", gap ", in_words(event.gap)) : std::string(", no gap");
  return concat("switched to ", event.candidate, " from ", event.from, because(event), gap);
}

std::string left(const Event& event) {
  auto text = concat(event.who.address, " left (", event.reason, ") after ", in_words(event.bytes));
  if (event.skips > 0) text += concat(", skipped ", event.skips, " times");
  return text;
}

} // namespace

/// As far as it is known. Who opened the source tells it in a sentence of his own.
std::string explain_failure(const Event& event) {
  const auto failure = policy::find_failure(event.failure).value_or(Failure::Other);
  if (event.text.empty()) return phrase(failure, event);
  return is_measured(failure) ? concat(phrase(failure, event), " (", event.text, ')') : event.text;
}

std::string summarise(const Event& event) {
  switch (event.what) {
  case Happening::SessionOpened: return "opened: somebody wants to watch";
  case Happening::SessionClosed:
    return concat("closed (", event.reason, "), ", in_words(event.bytes), " sent");
  case Happening::CandidateTried: return concat("trying ", event.candidate, because(event));
  case Happening::CandidateFailed: return concat(event.candidate, ": ", explain_failure(event));
  case Happening::SlotRefused:
    return concat(event.candidate, ": ", event.text.empty() ? "no free connection" : event.text);
  case Happening::ConnectionAwaited:
    return concat("waits up to ", in_words(event.limit), " for a connection: ", event.text);
  case Happening::Switched: return switched(event);
  case Happening::AllFailed: return concat("no source works; all are tried again in ", in_words(event.wait));
  case Happening::SlateShown: return "the slate is shown until a source works";
  case Happening::SlateHidden: return "the slate has gone: a source works";
  case Happening::ViewerJoined:
    return concat(event.who.address, " watches", event.who.agent.empty() ? "" : " with ", event.who.agent);
  case Happening::ViewerRefused: return concat(event.who.address, " was refused: ", event.text);
  case Happening::ViewerRedirected: return concat(event.who.address, " was sent to ", event.candidate);
  case Happening::ViewerLeft: break;
  }
  return left(event);
}

} // namespace relevo::sessions
