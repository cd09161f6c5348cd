// SPDX-License-Identifier: LGPL-2.1-or-later
// HlsAudience: who watches a channel as HLS. People, not connections: a viewer is there while he asks.
#pragma once

#include "channel/channel_pipeline.hpp"
#include "gx/context.hpp"
#include "sessions/sessions.hpp"

#include <list>
#include <map>

namespace relevo::sessions {

/// Belongs to a session. Guests wait here until there is what they want.
class HlsAudience {
 public:
  /// Must not call back.
  struct Hooks {
    std::function<ViewerId()> make_id;
    std::function<void(const ViewerView&)> on_joined;
    std::function<void(const ViewerView&, const std::string& reason)> on_left; // id 0: he never had anything
    std::function<void(const std::string& key)> on_lost;                       // he had to go
    std::function<void(const Viewer&, const Refused&)> on_refused;
    std::function<void()> on_empty; // the last one has left
  };

  /// `channel`: its uuid.
  HlsAudience(const Settings& settings, std::string channel, Hooks hooks);
  HlsAudience(const HlsAudience&) = delete;
  HlsAudience& operator=(const HlsAudience&) = delete;
  ~HlsAudience();

  [[nodiscard]] bool empty() const noexcept { return seats_.empty(); }
  /// He has a seat.
  [[nodiscard]] bool knows(const HlsGuest& guest) const;
  /// He is answered, perhaps before this returns, unless he goes first.
  void admit(HlsGuest guest);
  /// What there is to give out; null: nothing any more.
  void set_shelf(channel::HlsShelf* shelf);
  /// There is a new edition on the shelf.
  void on_edition();

  /// Nobody waits any more.
  void refuse_all(int status, Cause cause, const std::string& why);
  /// Everybody has left.
  void leave_all(const std::string& reason);
  /// His key, or what stands for it; empty: he is not here.
  [[nodiscard]] std::optional<std::string> kick(ViewerId viewer);

  [[nodiscard]] std::vector<ViewerView> viewers() const; // who got something
  [[nodiscard]] std::vector<Viewer> waiting() const;     // the others
  [[nodiscard]] std::vector<Viewer> all() const;
  /// Of all, the highest; empty where nobody is here.
  [[nodiscard]] std::optional<int> priority() const;

  /// By what a guest is known.
  [[nodiscard]] static std::string identity_of(const HlsGuest& guest);

 private:
  using Clock = std::chrono::steady_clock;

  struct Seat {
    ViewerView view{}; // its id is 0 until he got something
    Clock::time_point seen{};
    int priority = 0;
    unsigned open = 0;      // answers that are being sent
    bool came_back = false; // with the key that he was given
    HlsPlace place{};
    std::optional<Refused> refused{}; // where he never got anything
  };
  using Seats = std::map<std::string, Seat>; // by identity
  struct Waiting {
    HlsGuest guest;
    Clock::time_point since{};
  };
  enum class Turn : std::uint8_t { Wait, Done };

  [[nodiscard]] std::string take_seat(HlsGuest& guest);
  [[nodiscard]] const std::string* find_unused(const Viewer& who) const;
  [[nodiscard]] Turn serve(HlsGuest& guest);
  [[nodiscard]] Turn serve_playlist(HlsGuest& guest);
  [[nodiscard]] Turn serve_file(HlsGuest& guest);
  void give(HlsGuest& guest, HlsServed served);
  void refuse(HlsGuest& guest, int status, Cause cause, const std::string& why);
  [[nodiscard]] Refused refusal(int status, Cause cause, const std::string& why) const;
  [[nodiscard]] std::shared_ptr<void> make_ticket(const std::string& identity);

  void look_around();
  void dismiss(Seats::iterator seat, const std::string& reason);
  void end_lost();
  [[nodiscard]] bool waits(const std::string& identity) const;
  [[nodiscard]] std::chrono::milliseconds patience() const;
  void leave(Seats::iterator seat, const std::string& reason);
  void rest();

  const Settings settings_;
  const std::string channel_;
  const Hooks hooks_;
  channel::HlsShelf* shelf_ = nullptr; // null: there is none yet
  std::shared_ptr<const channel::HlsEdition> edition_;
  Seats seats_;
  std::list<Waiting> waiting_;
  gx::Source look_around_;
  std::shared_ptr<HlsAudience*> self_; // of tickets, which may be kept longer
};

} // namespace relevo::sessions
