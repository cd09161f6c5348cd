// SPDX-License-Identifier: LGPL-2.1-or-later
// Where streams come from: accounts, their logins, and what of them is wanted.
#pragma once

#include "model/ids.hpp"
#include "model/sync_rule.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::model {

using Time = std::chrono::sys_seconds;

enum class AccountKind {
  M3u,      // a playlist: from a URL, a file, or uploaded
  Xtream,   // a panel
  Database, // a file with a table LiveStreams
  Manual,   // streams entered by hand
};

struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};

/// How requests to a provider look.
struct Requests {
  std::string user_agent{}; // "": that of the program
  std::vector<Header> headers{};
  std::string proxy{}; // "": none

  bool operator==(const Requests&) const = default;
};

/// What a stream of a refreshed list must share with a stored one to be the same. In this order of trust.
enum class Likeness {
  ProviderId, // the number the provider gave it, also where only its URL tells
  Url,        // to the letter
  Address,    // the URL without credentials and tokens
  Title,      // the id for the guide and the name
  Name,       // the name alone
};
inline constexpr std::size_t kLikenesses = 5;

struct Filter {
  enum class Field { Name, Group, Url };

  Field field = Field::Name;
  std::string pattern; // a regular expression, found anywhere
  bool exclude = true; // false: what matches is kept, and no further filter looks at it
  bool match_case = true;

  bool operator==(const Filter&) const = default;
};

struct Account {
  AccountId id{};
  std::string name{};
  AccountKind kind = AccountKind::M3u;
  std::string location{}; // URL, or path of a file
  bool enabled = true;
  Requests requests{};
  std::string refresh = "24h"; // "": by hand only; hours, or a line of cron
  int stale_days = 7;          // how long streams stay that the list no longer has
  int priority = 0;            // higher: preferred
  int connections = 0;         // at most, over all logins; 0: any number
  std::string server_group{};  // accounts of one provider, which share what their logins share
  int shrink_percent = 33;     // a list that lost more than that changes nothing until somebody says so
  bool new_groups = true;      // groups seen for the first time are wanted
  std::vector<Likeness> likenesses = {Likeness::ProviderId, Likeness::Url, Likeness::Address, Likeness::Title,
                                      Likeness::Name};
  std::vector<Filter> filters{};

  bool operator==(const Account&) const = default;
};

/// One way into an account; the provider counts connections by it.
struct Login {
  LoginId id{};
  AccountId account{};
  std::string name{};
  bool enabled = true;
  std::string username{};
  std::string password{};
  std::string search{}; // a regular expression of what differs in the URLs, and its replacement
  std::string replace{};
  int connections = 0; // at most; 0: any number
  std::optional<Time> expires{};

  bool operator==(const Login&) const = default;
};

enum class StreamKind { Live, Movie, Series };

/// Of an account; what its list calls a group or category.
struct Group {
  GroupId id{};
  AccountId account{};
  StreamKind kind = StreamKind::Live;
  std::string name{};
  bool wanted = true;
  std::optional<SyncRule> sync{}; // empty: no channels are made of it

  bool operator==(const Group&) const = default;
};

} // namespace relevo::model
