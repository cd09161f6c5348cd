// SPDX-License-Identifier: LGPL-2.1-or-later
// A stream as a list of a provider tells it, and as it is kept.
#pragma once

#include "model/account.hpp"

#include <array>
#include <cstdint>

namespace relevo::model {

/// One entry of a list, while it is read: the views belong to the reader.
struct Found {
  StreamKind kind = StreamKind::Live;
  std::string_view name{};
  std::string_view url{};         // "" where it is made of the login (Xtream)
  std::string_view provider_id{}; // "" where the list has none
  std::string_view group{};
  std::string_view tvg_id{};
  std::string_view logo{};
  std::string_view number{};
  int archive_days = 0; // of past programmes that can be had
  bool adult = false;
  /// All else that was told, as a JSON object: "headers", "attributes", "tags", "backups", or a panel's own
  /// names.
  std::string_view details = "{}";
};

/// What a stream is known by, and whether anything of it is new; 0 where there is nothing to tell it by.
struct Fingerprint {
  std::array<std::uint64_t, kLikenesses> keys{}; // by Likeness
  std::uint32_t group = 0;
  std::uint64_t content = 0; // of all that is kept of it

  bool operator==(const Fingerprint&) const = default;
};

/// What a refresh needs to know of a stream that is kept.
struct KnownStream {
  StreamId id{};
  StreamKind kind = StreamKind::Live;
  bool missing = false;       // from the list that was read last
  std::uint32_t position = 0; // in it
  Fingerprint print{};
};

struct Stream {
  StreamId id{};
  AccountId account{};
  StreamKind kind = StreamKind::Live;
  std::string name{};
  std::string url{};
  std::string provider_id{};
  std::string group{};
  std::string tvg_id{};
  std::string logo{};
  std::string number{};
  int archive_days = 0;
  bool adult = false;
  std::string details = "{}";                      // as in Found
  std::string custom = "{}";                       // the user's own properties, a JSON object
  std::optional<double> score{};                   // of measured quality
  std::optional<Time> missing_since{};             // its list no longer has it
  std::optional<StreamProfileId> stream_profile{}; // how it is read; empty: as the settings say
};

} // namespace relevo::model
