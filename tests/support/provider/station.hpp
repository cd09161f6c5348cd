// SPDX-License-Identifier: LGPL-2.1-or-later
// What the routes share: clips, channels with the faults set on them, logins with their limits, and all
// counters.
#pragma once

#include "provider/clip.hpp"
#include "provider/fault.hpp"
#include "provider/http_server.hpp"

namespace relevo::provider {

class Station;

/// A connection that counts. Destroying it, or give_back(), gives it back.
class Lease {
 public:
  Lease(Lease&& other) noexcept
      : station_(std::exchange(other.station_, nullptr)),
        channel_(std::move(other.channel_)),
        user_(std::move(other.user_)) {}
  Lease& operator=(Lease&&) = delete;
  ~Lease() { give_back(); }
  void give_back() noexcept;

 private:
  friend class Station;
  Lease(Station& station, std::string channel, std::string user)
      : station_(&station), channel_(std::move(channel)), user_(std::move(user)) {}

  Station* station_;
  std::string channel_, user_;
};

/// Safe to use from any thread.
class Station {
 public:
  enum class Denial { UnknownChannel, WrongLogin, LimitReached };
  struct Credentials {
    std::string user, password;
  };

  explicit Station(const std::filesystem::path& media) : clips_(media) {}

  /// Throws std::runtime_error when there is no such clip. Loads it.
  void add_channel(const std::string& name, const std::string& clip);
  /// A new login, or new data for a known one; connections that are open stay.
  void set_login(const Credentials& login, std::uint64_t max_connections);

  struct LoginState {
    std::uint64_t open = 0, max = 0; // connections
  };
  /// Empty when user or password are wrong.
  [[nodiscard]] std::optional<LoginState> login(const Credentials& credentials) const;

  [[nodiscard]] tl::expected<Lease, Denial> open(const std::string& channel, const Credentials* login);

  /// Reads faults and makes sure that the clips they name are there.
  [[nodiscard]] Result<FaultPlan> plan(const std::vector<std::string_view>& faults) const;
  /// From now on for all connections of the channel. False when there is no such channel.
  [[nodiscard]] bool set_faults(const std::string& channel, FaultPlan plan);
  /// Of those set with set_faults(), times counted from then.
  [[nodiscard]] std::optional<Fault> active_fault(const std::string& channel, FaultKind kind,
                                                  Clock::time_point now) const;

  [[nodiscard]] std::shared_ptr<const Clip> clip(const std::string& name);
  [[nodiscard]] std::shared_ptr<const Clip> clip_of_channel(const std::string& channel);
  [[nodiscard]] std::vector<std::string> channels() const;
  void count_bytes(const std::string& channel, std::size_t bytes);
  /// The first place at which a decoder can start is about to be sent to somebody.
  void note_entry(const std::string& channel, Clock::time_point now);

  /// All zero for a name that is not known.
  [[nodiscard]] Counters login_counters(const std::string& user) const;
  [[nodiscard]] Counters channel_counters(const std::string& channel) const;
  [[nodiscard]] std::string json(const Counters& connections) const;

 private:
  friend class Lease;
  struct Channel {
    std::string clip;
    FaultPlan faults;
    Clock::time_point faults_since;
    Counters counters;
    std::uint64_t bytes = 0;
    Clock::time_point first_entry{}; // of whom it was sent to last
  };
  struct Login {
    std::string password;
    std::uint64_t max = 1;
    Counters counters;
  };
  void give_back(const std::string& channel, const std::string& user) noexcept;

  mutable std::mutex mutex_; // everything below
  ClipLibrary clips_;
  std::map<std::string, Channel> channels_;
  std::map<std::string, Login> logins_;
};

} // namespace relevo::provider
