// SPDX-License-Identifier: LGPL-2.1-or-later
// Bank: the tuners of the first device, as programs see them and tell them what to do.
#pragma once

#include "hdhr/messages.hpp"
#include "ip/network.hpp"
#include "tuner/device.hpp"
#include "tuner/documents.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::tuner {

/// Where a tuner sends what it receives, as datagrams.
struct Target {
  bool rtp = false;
  std::string address{};
  std::uint16_t port = 0;

  bool operator==(const Target&) const = default;
};
/// "udp://192.0.2.1:5000", "rtp://…"; what stands behind a blank is not looked at.
[[nodiscard]] Result<Target> parse_target(std::string_view text);

/// A channel that somebody watches.
struct Play {
  std::uint64_t session = 0;
  std::string channel{}; // its uuid
  std::string name{};
  std::string viewer{}; // address of the first
  std::uint64_t bitrate = 0;
};

/// Stations are spread over the frequencies that a scan looks at; to tune in to one takes no connection to a
/// provider, only to have it sent somewhere does. What is watched otherwise takes a tuner, too, for as long
/// as there is one. Without sockets, clocks and threads.
class Bank {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// A lock that is not used for so long, with nothing to send, is none.
  static constexpr std::chrono::seconds kLockAge{60};

  struct Hooks {
    std::function<void(unsigned tuner, const Station& station, const Target& target)> start;
    std::function<void(unsigned tuner)> stop; // comes before the next start
  };
  explicit Bank(Hooks hooks) : hooks_(std::move(hooks)) {}

  /// What is sent goes on where its tuner and its station are still there, under whatever number.
  void set(unsigned tuners, Stations stations);
  [[nodiscard]] std::size_t tuners() const noexcept { return tuners_.size(); }

  /// What plays; to be told before questions, but not before each.
  void see(const std::vector<Play>& plays);
  /// The answer, a packet. A tuner sends only to who asks it to.
  [[nodiscard]] std::string answer(const hdhr::GetSet& request, const std::string& from, Time now);
  /// Nobody takes what a tuner sends, or it has nothing to send any more.
  void on_sent_all(unsigned tuner);

  [[nodiscard]] std::vector<TunerState> states() const;

 private:
  struct Sending {
    std::string station; // its uuid
    Target target;

    bool operator==(const Sending&) const = default;
  };
  struct Tuner {
    std::string channel = "none";         // as it was set
    std::optional<unsigned> carrier{};    // that it is tuned to
    std::size_t programme = 0;            // of it, from 1; 0: the first
    std::string station{};                // a number, that was chosen in place of a carrier
    std::string filter = "0x0000-0x1fff"; // of no effect: there is but one programme in what is sent
    std::string target_text = "none";
    std::optional<Target> target{};
    std::optional<Sending> sending{};
    std::uint32_t key = 0; // 0: nobody has locked it
    std::string owner{};   // who has
    Time used{};           // by him
    std::optional<Play> play{};

    /// By control; what else plays is shown elsewhere.
    [[nodiscard]] bool held() const noexcept { return key != 0 || target; }
  };
  /// An error's message.
  using Refusal = std::optional<std::string>;

  [[nodiscard]] std::optional<std::string> read(std::string_view name) const;
  [[nodiscard]] std::optional<std::string> read(const Tuner& tuner, std::string_view name) const;
  [[nodiscard]] Refusal write(std::size_t index, std::string_view name, const hdhr::GetSet& request,
                              const std::string& from, Time now);
  [[nodiscard]] Refusal write_lock(Tuner& tuner, const hdhr::GetSet& request, const std::string& from,
                                   Time now);
  [[nodiscard]] Refusal write_value(Tuner& tuner, std::string_view name, std::string_view value,
                                    const std::string& from);
  [[nodiscard]] static Refusal write_target(Tuner& tuner, std::string_view value, const std::string& from);
  [[nodiscard]] Refusal write_channel(Tuner& tuner, std::string_view value);
  [[nodiscard]] Refusal write_station(Tuner& tuner, std::string_view value);
  void follow(std::size_t index);
  void send_or_stop(std::size_t index);
  void forget_old_locks(Time now);

  [[nodiscard]] std::size_t
  find_tuner(std::string_view& name) const; // tuners(): it is none's; takes its place
  [[nodiscard]] const Station* station_of(const Tuner& tuner) const;
  [[nodiscard]] std::optional<unsigned> carrier_of(const Tuner& tuner) const;
  [[nodiscard]] unsigned carrier_at(std::size_t place) const noexcept; // of a station among all
  [[nodiscard]] std::span<const Station> stations_on(unsigned carrier) const;
  [[nodiscard]] std::size_t stations_per_carrier() const noexcept;
  [[nodiscard]] std::string write_signal(const Tuner& tuner) const;
  [[nodiscard]] std::string write_stations(const Tuner& tuner) const;
  [[nodiscard]] TunerState state_of(const Tuner& tuner) const;

  const Hooks hooks_;
  Stations stations_;
  std::vector<Tuner> tuners_;
};

} // namespace relevo::tuner
