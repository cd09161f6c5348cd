// SPDX-License-Identifier: LGPL-2.1-or-later
// Turnstile: how many streams are watched at once, by whom.
#pragma once

#include "gx/guarded.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace relevo::access {

/// A connection of somebody who wants to watch. Several of one player for one channel are one stream: some
/// players open four.
struct Visit {
  std::int64_t user = 0; // 0: nobody in particular, whom only the limit of all concerns
  std::string player{};  // what tells one player from another: his address, and what he calls himself
  std::int64_t channel = 0;
  std::size_t limit = 0; // of this user; 0: any number

  [[nodiscard]] bool same_stream(const Visit& other) const noexcept {
    return same_player(other) && channel == other.channel;
  }
  [[nodiscard]] bool same_player(const Visit& other) const noexcept {
    return user == other.user && player == other.player;
  }
};

enum class Full { User, All };

/// Lives in one thread; what it gives may go in any, and after it.
class Turnstile {
 public:
  /// `limit`: of all streams; 0: any number.
  explicit Turnstile(std::size_t limit) : limit_(limit) {}

  /// For as long as it is there the stream counts. Where it is full, the oldest other stream of the same
  /// player makes room: who zaps takes his place along. `leave` is then called, and that one counts no more;
  /// it must not throw.
  [[nodiscard]] tl::expected<std::shared_ptr<void>, Full> admit(Visit visit, std::function<void()> leave);

  [[nodiscard]] std::size_t streams() const;
  /// Of one user. From any thread, as the one before.
  [[nodiscard]] std::size_t streams_of(std::int64_t user) const;

 private:
  struct Inside {
    Visit visit;
    std::function<void()> leave;
  };
  struct Hall {
    std::map<std::uint64_t, Inside> visits{}; // by age
    std::uint64_t last = 0;

    [[nodiscard]] std::size_t streams(const Visit* of_user) const; // null: of everybody
    /// The connections of one stream. They are no longer inside.
    [[nodiscard]] std::vector<Inside> take_out(const Visit& stream);
  };

  /// `leaving`: streams that would make room.
  [[nodiscard]] std::optional<Full> find_full(const Hall& hall, const Visit& visit,
                                              std::size_t leaving) const;
  [[nodiscard]] tl::expected<std::vector<Inside>, Full> make_room(Hall& hall, const Visit& visit) const;

  std::size_t limit_;
  std::shared_ptr<gx::Guarded<Hall>> hall_ = std::make_shared<gx::Guarded<Hall>>();
};

} // namespace relevo::access
