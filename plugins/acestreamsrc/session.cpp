// SPDX-License-Identifier: LGPL-2.1-or-later
// The threads of one session.
#include "session.hpp"

#include "base/text.hpp"
#include "gx/handle.hpp"
#include "gx/trampoline.hpp"
#include "ts/stream_proof.hpp"

#include <algorithm>
#include <vector>

namespace relevo::acestreamsrc {
namespace {

using ace::Problem;
using ace::Trouble;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// A start call is answered or failed after this long: until then its session cannot be stopped.
constexpr milliseconds kStartLimit{90'000};
constexpr milliseconds kResolveLimit{10'000};
/// For a session of the same content, which is being stopped, to go.
constexpr milliseconds kClaimLimit{3'000};
/// The player gives a stream up before.
constexpr milliseconds kStreamLimit{120'000};
constexpr milliseconds kNoticeLimit{30'000};

constexpr milliseconds kTick{50};
/// After so many ticks without a byte it pays to be woken by the next one.
constexpr unsigned kPatience = 4;
constexpr milliseconds kBytesTick{200}; // between two reports of bytes
constexpr std::size_t kBlock = 348 * ts::kPacketSize;

std::string random_pid() {
  std::string pid = gx::CString(g_uuid_string_random()).get();
  std::erase(pid, '-');
  return pid;
}

Problem no_stream(std::string_view seen, const http::Response& head) {
  const auto type = http::find_header(head.headers, "Content-Type").value_or("no type");
  return {Trouble::NotAStream, 0,
          concat("what the engine plays is no MPEG transport stream, but ", seen, " (", type, ')')};
}

} // namespace

ace::Instant now() {
  return std::chrono::duration_cast<ace::Duration>(Clock::now().time_since_epoch());
}

Clock::time_point time_of(ace::Instant at) {
  return Clock::time_point(std::chrono::duration_cast<Clock::duration>(at));
}

Session::Session(SessionPlan plan, PacketStore& store, Post post, gx::CancelToken cut)
    : plan_(std::move(plan)), store_(store), post_(std::move(post)), cut_(std::move(cut)) {
  worker_ = std::jthread([this] { gx::call_from_c("ace-session", [this] { work(); }); });
}

Session::~Session() {
  early_.cancel();
  side_.cancel();
  orders_.post(Quit{});
  wishes_.post(std::nullopt);
}

void Session::read() {
  reader_ = std::jthread([this] { gx::call_from_c("ace-reader", [this] { read_stream(); }); });
}

void Session::listen(ace::Instant at) {
  wishes_.post(at);
  if (!listener_.joinable())
    listener_ = std::jthread([this] { gx::call_from_c("ace-listener", [this] { wait_for_notices(); }); });
}

void Session::stop(ace::Instant at) {
  side_.cancel();
  orders_.post(Stop{at});
}

// ---- calls ----

void Session::work() {
  EngineClient client(plan_.engine, plan_.connect);
  auto opened = start(client);
  if (!opened) {
    lease_.reset();
    return post_(ace::event::StartFailed{plan_.id, std::move(opened.error())});
  }
  opened_ = std::move(*opened);
  clash_ = !lease_->add(opened_.infohash);
  if (plan_.content.kind == ace::IdKind::ContentId) leases().learn(plan_.content.hash, opened_.infohash);
  post_(ace::event::Started{plan_.id, !opened_.stat_url.empty(), !opened_.event_url.empty()});
  serve(client);
  lease_.reset();
}

tl::expected<ace::Opened, Problem> Session::start(EngineClient& client) {
  const auto key = find_key(client);
  if (!key) return tl::unexpected(key.error());
  auto lease = leases().claim(plan_.engine.base, *key, Clock::now() + kClaimLimit, early_);
  if (!lease) return tl::unexpected(Problem{Trouble::Busy, 0, "another session plays the channel there"});
  lease_.emplace(std::move(*lease));
  // From here on there may be a session, so only the end of the process breaks it off.
  auto opened = client.start(plan_.content, random_pid(), kStartLimit, cut_);
  if (!opened) return tl::unexpected(std::move(opened.error().problem));
  return std::move(*opened);
}

/// The infohash, where it can be had: two ids may be of one content.
tl::expected<std::string, Problem> Session::find_key(EngineClient& client) {
  const std::string& hash = plan_.content.hash;
  if (plan_.content.kind == ace::IdKind::Infohash) return hash;
  if (auto known = leases().infohash_of(hash); !known.empty()) return known;
  auto found = client.resolve(hash, kResolveLimit, early_);
  if (found) {
    leases().learn(hash, *found);
    return std::move(*found);
  }
  const Trouble trouble = found.error().problem.trouble;
  if (trouble == Trouble::Unreachable || trouble == Trouble::NoAnswer)
    return tl::unexpected(found.error().problem);
  return hash; // old engines cannot tell
}

/// Until the session is of no more interest.
void Session::serve(EngineClient& client) {
  std::optional<ace::Instant> poll_at, stop_at;
  for (;;) {
    const auto due = stop_at ? stop_at : poll_at;
    const auto order = orders_.wait_until(due ? time_of(*due) : Clock::time_point::max());
    if (order) {
      if (std::holds_alternative<Quit>(*order)) return;
      if (const auto* poll = std::get_if<Poll>(&*order)) poll_at = poll->at;
      if (const auto* stop = std::get_if<Stop>(&*order)) stop_at = stop->at;
    } else if (stop_at) {
      stop_at.reset();
      poll_at.reset();
      const auto done = client.stop(opened_.command_url, cut_);
      if (done) lease_.reset();
      post_(ace::event::Stopped{plan_.id, done.has_value()});
    } else {
      poll_at.reset();
      ask_statistics(client);
    }
  }
}

void Session::ask_statistics(EngineClient& client) {
  auto statistics = client.statistics(opened_.stat_url, side_);
  if (side_.cancelled()) return;
  if (statistics)
    post_(ace::event::StatisticsCame{plan_.id, std::move(*statistics)});
  else
    post_(ace::event::StatisticsFailed{plan_.id, statistics.error().unknown_session});
}

// ---- the stream ----

void Session::read_stream() {
  if (clash_)
    return post_(ace::event::ReadFailed{
        plan_.id, {Trouble::Busy, 0, "another session plays the same channel there, by another id"}});
  EngineClient client(plan_.engine, plan_.connect);
  auto download = client.open(opened_.playback_url, kStreamLimit, side_);
  Problem problem = download ? pump(*download) : std::move(download.error().problem);
  if (!side_.cancelled()) post_(ace::event::ReadFailed{plan_.id, std::move(problem)});
}

/// Takes what comes until it ends, and says why it does.
Problem Session::pump(http::Download& download) {
  gx::Pause pause(side_);
  ts::StreamProof proof;
  ts::PacketSync sync;
  std::vector<std::byte> room(kBlock), packets;
  const auto keep = [&packets](const std::byte* packet) {
    packets.insert(packets.end(), packet, packet + ts::kPacketSize);
  };
  for (bool begun = false, full = false;;) {
    const auto got = begun && !full ? read_on_tick(download, room, pause) : download.read(room);
    const auto bytes = Bytes(room).first(got.value_or(0));
    full = bytes.size() == room.size();
    if (!proof.proven())
      if (const auto seen = bytes.empty() ? proof.finish() : proof.push(bytes); got && seen)
        return no_stream(describe(*seen), download.head());
    sync.read(bytes, keep);
    if (bytes.empty() && sync.locked()) sync.finish(keep);
    if (!packets.empty()) hand_over(packets, !std::exchange(begun, true));
    if (!got) return error_of(got.error()).problem;
    if (bytes.empty()) return {Trouble::Ended, 0, "the engine ended the stream"};
  }
}

/// What has come by the next tick, so that a stream costs few wake-ups.
http::Got Session::read_on_tick(http::Download& download, MutableBytes room, gx::Pause& pause) {
  for (unsigned tick = 0; tick < kPatience; ++tick) {
    if (!pause.wait_until(Clock::now() + kTick)) return 0;
    if (auto got = download.read_now(room)) return *got;
  }
  return download.read(room);
}

void Session::hand_over(std::vector<std::byte>& packets, bool anew) {
  store_.put(std::exchange(packets, {}), anew);
  if (Clock::now() - told_ < kBytesTick) return;
  told_ = Clock::now();
  post_(ace::event::Bytes{plan_.id});
}

// ---- notices ----

void Session::wait_for_notices() {
  EngineClient client(plan_.engine, plan_.connect);
  gx::Pause pause(side_);
  while (const auto at = *wishes_.wait_until(Clock::time_point::max())) {
    if (!pause.wait_until(time_of(*at))) return;
    auto notice = client.listen(opened_.event_url, kNoticeLimit, side_);
    if (side_.cancelled()) return;
    if (notice)
      post_(ace::event::NoticeCame{plan_.id, std::move(*notice)});
    else
      post_(ace::event::NoticeFailed{plan_.id, notice.error().unknown_session});
  }
}

} // namespace relevo::acestreamsrc
