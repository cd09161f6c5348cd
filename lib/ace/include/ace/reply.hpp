// SPDX-License-Identifier: LGPL-2.1-or-later
// What an engine answers: replies in JSON, read as values.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace relevo::ace {

/// Why a reply does not hold what was asked for.
struct ReplyError {
  enum class Kind : std::uint8_t {
    NotJson,    // a page, an empty or a broken answer
    Incomplete, // JSON, but not what this reply has to hold
    Refused,    // the engine says that it failed
  };
  Kind kind = Kind::NotJson;
  std::string text; // for people; of Refused, the engine's own words without markup
};

template <class T>
using Reply = tl::expected<T, ReplyError>;

/// The session is not, or no longer, there.
[[nodiscard]] bool is_unknown_session(const ReplyError& error);

/// A session that was opened. URLs are as the engine gave them: see rebase().
struct Opened {
  std::string infohash;
  std::string playback_url;
  std::string command_url;
  std::string stat_url;  // "" where it gives none
  std::string event_url; // the same
  bool live = true;
};
[[nodiscard]] Reply<Opened> read_opened(std::string_view body);

/// The answer to resolve_url().
[[nodiscard]] Reply<std::string> read_infohash(std::string_view body);

/// The answer to a command.
[[nodiscard]] Reply<bool> read_done(std::string_view body);

enum class Phase : std::uint8_t {
  Idle,
  Prebuffering,
  Downloading,
  Buffering, // again, in the middle
  Waiting,   // for pieces
  Checking,  // what it has on disk
  Failed,
  Unknown,
};
[[nodiscard]] std::string_view name_of(Phase phase) noexcept;

/// Where a live channel is played and what of it can be had, as wall clock in Unix time.
struct LivePosition {
  std::chrono::seconds position{0};
  std::chrono::seconds first{0};
  std::chrono::seconds last{0};
  std::uint32_t buffer_pieces = 0; // ahead

  [[nodiscard]] std::chrono::seconds delay() const { return last - position; }
  [[nodiscard]] std::chrono::seconds window() const { return last - first; }
  bool operator==(const LivePosition&) const = default;
};

/// Engines say kilobytes a second; this says bytes.
struct Statistics {
  Phase phase = Phase::Unknown;
  std::uint32_t progress = 0; // of prebuffering, percent
  std::uint32_t peers = 0;
  std::uint64_t download_rate = 0; // bytes a second
  std::uint64_t upload_rate = 0;
  std::uint64_t downloaded = 0; // bytes of this session
  std::uint64_t uploaded = 0;
  std::optional<LivePosition> live;

  bool operator==(const Statistics&) const = default;
};
[[nodiscard]] Reply<Statistics> read_statistics(std::string_view body);

/// What an engine tells without being asked.
struct Notice {
  std::string name; // "" where the engine had nothing to tell
  std::vector<std::pair<std::string, std::string>> parameters;

  bool operator==(const Notice&) const = default;
};
[[nodiscard]] Reply<Notice> read_notice(std::string_view body);

/// The engine will give no more of the channel: of a licence, a permission.
[[nodiscard]] bool ends_playback(const Notice& notice);
/// "download_stopped (reason: …, option: …)".
[[nodiscard]] std::string describe(const Notice& notice);

} // namespace relevo::ace
