// SPDX-License-Identifier: LGPL-2.1-or-later
// Seats that are taken by asking and lost by silence, and who waits for what is not there yet.
#include "hls_audience.hpp"

#include "base/text.hpp"
#include "hls/reload.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace relevo::sessions {
namespace {

constexpr std::chrono::milliseconds kGrain{500}; // of all time limits
constexpr std::size_t kKeySize = 32;

std::string make_key() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device random;
  std::string key;
  while (key.size() < kKeySize)
    for (auto bits = random(), i = 0U; i < 8; ++i, bits >>= 4U)
      key += kDigits[bits & 15U];
  return key;
}

/// One that we may have made: whoever comes with another one has none.
bool is_key(std::string_view text) {
  return text.size() == kKeySize && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

const hls::MediaPlaylist& playlist_for(const HlsGuest& guest, const channel::HlsEdition& edition) {
  return guest.low_latency ? edition.low_latency : edition.plain;
}

std::uint64_t size_of(const channel::Blocks& blocks) {
  std::uint64_t size = 0;
  for (const auto& block : blocks)
    size += g_bytes_get_size(block.get());
  return size;
}

} // namespace

HlsAudience::HlsAudience(const Settings& settings, std::string channel, Hooks hooks)
    : settings_(settings),
      channel_(std::move(channel)),
      hooks_(std::move(hooks)),
      self_(std::make_shared<HlsAudience*>(this)) {}

HlsAudience::~HlsAudience() = default;

std::string HlsAudience::identity_of(const HlsGuest& guest) {
  if (is_key(guest.key)) return guest.key;
  return concat(guest.who.user, '\n', guest.who.address, ' ', guest.who.agent); // never a key
}

// ---- guests ----

void HlsAudience::admit(HlsGuest guest) {
  guest.key = take_seat(guest);
  if (!look_around_.active()) look_around_ = gx::Source::every(nullptr, kGrain, [this] { look_around(); });
  if (serve(guest) == Turn::Wait) waiting_.push_back({std::move(guest), Clock::now()});
}

bool HlsAudience::knows(const HlsGuest& guest) const {
  return guest.wish == HlsGuest::Wish::Entrance ? find_unused(guest.who) != nullptr
                                                : seats_.contains(identity_of(guest));
}

/// The identity that it is taken under.
std::string HlsAudience::take_seat(HlsGuest& guest) {
  auto identity = identity_of(guest);
  if (guest.wish == HlsGuest::Wish::Entrance) {
    const auto* unused = find_unused(guest.who);
    identity = unused ? *unused : make_key();
  }
  const auto [seat, is_new] = seats_.try_emplace(identity);
  if (is_new) {
    seat->second.view.who = guest.who;
    seat->second.priority = guest.priority;
    seat->second.place = std::move(guest.place);
  }
  seat->second.seen = Clock::now();
  seat->second.came_back |= guest.wish != HlsGuest::Wish::Entrance;
  return identity;
}

/// Players ask several times before they play.
const std::string* HlsAudience::find_unused(const Viewer& who) const {
  const auto found = std::ranges::find_if(
      seats_, [&](const auto& one) { return !one.second.came_back && one.second.view.who == who; });
  return found == seats_.end() ? nullptr : &found->first;
}

HlsAudience::Turn HlsAudience::serve(HlsGuest& guest) {
  if (!edition_) return Turn::Wait;
  return guest.wish == HlsGuest::Wish::File ? serve_file(guest) : serve_playlist(guest);
}

HlsAudience::Turn HlsAudience::serve_playlist(HlsGuest& guest) {
  const auto& playlist = playlist_for(guest, *edition_);
  if (playlist.segments.empty()) return Turn::Wait; // players that know no parts take it for the end
  const auto verdict = guest.wish == HlsGuest::Wish::Entrance
                           ? hls::Reload::Ready
                           : hls::judge_reload(playlist, {guest.msn, guest.part});
  switch (verdict) {
  case hls::Reload::Wait: return Turn::Wait;
  case hls::Reload::TooFarAhead:
    refuse(guest, 400, Cause::Misasked, "nothing is known of this segment yet");
    break;
  case hls::Reload::Nonsense:
    refuse(guest, 400, Cause::Misasked, "_HLS_msn and _HLS_part must be numbers");
    break;
  case hls::Reload::Ready: give(guest, {.edition = edition_}); break;
  }
  return Turn::Done;
}

HlsAudience::Turn HlsAudience::serve_file(HlsGuest& guest) {
  const auto& playlist = edition_->low_latency;
  if (auto file = shelf_ ? shelf_->find(guest.file) : std::nullopt) {
    auto& view = seats_.at(guest.key).view;
    view.stats.bytes += size_of(*file);
    give(guest, {.file = *std::move(file), .ticket = make_ticket(guest.key)});
    return Turn::Done;
  }
  if (playlist.preload && playlist.preload->uri == guest.file) return Turn::Wait;
  refuse(guest, 404, Cause::Misasked,
         concat("there is no ", quote(guest.file), "; segments ", playlist.first_sequence(), " to ",
                playlist.end_sequence(), " are listed"));
  return Turn::Done;
}

void HlsAudience::give(HlsGuest& guest, HlsServed served) {
  auto& seat = seats_.at(guest.key);
  seat.seen = Clock::now();
  if (seat.view.stats.id == 0) {
    seat.view.stats.id = hooks_.make_id();
    seat.view.kind = ViewerKind::Hls;
    seat.view.since = WallTime::clock::now();
    hooks_.on_joined(seat.view);
  }
  served.channel = channel_;
  if (is_key(guest.key)) served.key = guest.key;
  if (guest.on_served) guest.on_served(std::move(served));
}

void HlsAudience::refuse(HlsGuest& guest, int status, Cause cause, const std::string& why) {
  if (const auto seat = seats_.find(guest.key); seat != seats_.end())
    seat->second.refused = refusal(status, cause, why);
  if (guest.on_refused) guest.on_refused(refusal(status, cause, why));
}

Refused HlsAudience::refusal(int status, Cause cause, const std::string& why) const {
  Refused refused;
  refused.status = status;
  refused.cause = cause;
  refused.reason = why;
  if (status == 503) refused.retry_after = settings_.retry_after;
  return refused;
}

std::shared_ptr<void> HlsAudience::make_ticket(const std::string& identity) {
  ++seats_.at(identity).open;
  return {this, [weak = std::weak_ptr(self_), identity](void*) {
            const auto self = weak.lock();
            if (!self) return;
            const auto seat = (*self)->seats_.find(identity);
            if (seat == (*self)->seats_.end() || seat->second.open == 0) return;
            --seat->second.open;
            seat->second.seen = Clock::now();
          }};
}

// ---- what there is ----

void HlsAudience::set_shelf(channel::HlsShelf* shelf) {
  shelf_ = shelf;
  edition_ = shelf ? shelf->edition() : nullptr;
}

void HlsAudience::on_edition() {
  if (!shelf_) return;
  edition_ = shelf_->edition();
  for (auto turn = std::exchange(waiting_, {}); !turn.empty();) {
    if (serve(turn.front().guest) == Turn::Done)
      turn.pop_front();
    else
      waiting_.splice(waiting_.end(), turn, turn.begin());
  }
}

// ---- who leaves ----

std::chrono::milliseconds HlsAudience::patience() const {
  return 3 * (edition_ ? edition_->plain.target_duration : settings_.hls.target);
}

bool HlsAudience::waits(const std::string& identity) const {
  return std::ranges::any_of(waiting_, [&](const Waiting& one) { return one.guest.key == identity; });
}

void HlsAudience::look_around() {
  const auto now = Clock::now();
  for (auto all = std::exchange(waiting_, {}); !all.empty();) {
    auto& [guest, since] = all.front();
    if (guest.gone.cancelled()) {
      all.pop_front();
    } else if (now - since > (guest.msn ? patience() : settings_.opening + patience())) {
      refuse(guest, 503, Cause::NoSource, "nothing new came in time");
      all.pop_front();
    } else {
      waiting_.splice(waiting_.end(), all, all.begin());
    }
  }
  end_lost();
  for (auto next = seats_.begin(); next != seats_.end();) {
    const auto seat = next++;
    if (waits(seat->first) || seat->second.open > 0) continue;
    if (seat->second.view.stats.id == 0)
      leave(seat, "hung-up");
    else if (now - seat->second.seen > patience())
      leave(seat, "silent");
  }
}

/// Who has no key may come again: he is not told from his next channel.
void HlsAudience::end_lost() {
  for (auto next = seats_.begin(); next != seats_.end();) {
    const auto seat = next++;
    if (!seat->second.place.lost.cancelled()) continue;
    if (is_key(seat->first)) hooks_.on_lost(seat->first);
    dismiss(seat, "replaced");
  }
}

/// Whatever he waits for, he does not get.
void HlsAudience::dismiss(Seats::iterator seat, const std::string& reason) {
  for (auto all = std::exchange(waiting_, {}); !all.empty();) {
    if (all.front().guest.key == seat->first) {
      refuse(all.front().guest, 410, Cause::SentAway, "you were sent away");
      all.pop_front();
    } else {
      waiting_.splice(waiting_.end(), all, all.begin());
    }
  }
  leave(seat, reason);
}

void HlsAudience::leave(Seats::iterator seat, const std::string& reason) {
  const auto gone = std::move(seat->second);
  seats_.erase(seat);
  if (gone.view.stats.id == 0 && gone.refused)
    hooks_.on_refused(gone.view.who, *gone.refused);
  else
    hooks_.on_left(gone.view, reason);
  if (seats_.empty()) rest();
}

void HlsAudience::rest() {
  look_around_.reset();
  hooks_.on_empty();
}

void HlsAudience::refuse_all(int status, Cause cause, const std::string& why) {
  for (auto all = std::exchange(waiting_, {}); !all.empty(); all.pop_front())
    refuse(all.front().guest, status, cause, why);
  for (auto next = seats_.begin(); next != seats_.end();) {
    const auto seat = next++;
    if (seat->second.view.stats.id == 0) leave(seat, "hung-up");
  }
}

void HlsAudience::leave_all(const std::string& reason) {
  while (!seats_.empty())
    leave(seats_.begin(), reason);
}

std::optional<std::string> HlsAudience::kick(ViewerId viewer) {
  const auto seat =
      std::ranges::find_if(seats_, [&](const auto& one) { return one.second.view.stats.id == viewer; });
  if (viewer == 0 || seat == seats_.end()) return std::nullopt;
  auto identity = seat->first;
  dismiss(seat, "removed");
  return identity;
}

// ---- views ----

std::vector<ViewerView> HlsAudience::viewers() const {
  std::vector<ViewerView> views;
  for (const auto& [identity, seat] : seats_) {
    if (seat.view.stats.id == 0) continue;
    views.push_back(seat.view);
    views.back().connections = seat.open;
  }
  return views;
}

std::vector<Viewer> HlsAudience::waiting() const {
  std::vector<Viewer> who;
  for (const auto& [identity, seat] : seats_)
    if (seat.view.stats.id == 0) who.push_back(seat.view.who);
  return who;
}

std::vector<Viewer> HlsAudience::all() const {
  std::vector<Viewer> who;
  for (const auto& [identity, seat] : seats_)
    who.push_back(seat.view.who);
  return who;
}

std::optional<int> HlsAudience::priority() const {
  std::optional<int> highest;
  for (const auto& [identity, seat] : seats_)
    highest = std::max(highest, std::optional(seat.priority));
  return highest;
}

} // namespace relevo::sessions
