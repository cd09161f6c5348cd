// SPDX-License-Identifier: LGPL-2.1-or-later
#include "checks.hpp"

#include "catalog/programmes.hpp"
#include "catalog/sieve.hpp"
#include "catalog/sync.hpp"
#include "command/command_line.hpp"
#include "gx/regex.hpp"
#include "net/network.hpp"
#include "policy/schedule.hpp"
#include "store/stream_profiles.hpp"
#include "uri/redact.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace relevo::admin {
namespace {

Json range(int least, int most) {
  return {{"least", least}, {"most", most}};
}

/// Refuses what is no plan of refreshes.
void check_refresh(const std::string& text) {
  if (trim(text).empty()) return;
  if (const auto schedule = policy::parse_schedule(text); !schedule)
    refuse_invalid(Flaw::Schedule, schedule.error().message, "refresh");
}

/// A client that sends what it was shown, in another place or with a change, would have stars kept for the
/// secret.
void check_whole(std::string_view text, const char* where) {
  if (text.find(uri::kRedacted) != std::string_view::npos)
    refuse_invalid(Flaw::Masked,
                   concat("has ", uri::kRedacted, " in the place of a secret: it is needed whole"), where);
}

void check_whole(const model::Requests& requests) {
  check_whole(requests.proxy, "requests.proxy");
  for (const auto& header : requests.headers)
    check_whole(header.value, "requests.headers");
}

} // namespace

void check_name(const std::string& name) {
  constexpr std::size_t kLongest = 500;
  if (trim(name).empty()) refuse_invalid(Flaw::Empty, "must not be empty", "name");
  if (name.size() > kLongest) refuse_invalid(Flaw::TooLong, "is too long", "name");
}

void check(const model::Account& account) {
  check_name(account.name);
  check_refresh(account.refresh);
  check_whole(account.location, "location");
  check_whole(account.requests);
  // A playlist may be uploaded later.
  const bool needs_location =
      account.kind == model::AccountKind::Xtream || account.kind == model::AccountKind::Database;
  if (needs_location && trim(account.location).empty())
    refuse_invalid(Flaw::Empty, "must not be empty", "location");
  if (account.stale_days < 0 || account.stale_days > 3650)
    refuse_invalid(Flaw::OutOfRange, "must be 0 to 3650", "stale_days", range(0, 3650));
  if (account.connections < 0)
    refuse_invalid(Flaw::OutOfRange, "must not be negative", "connections", {{"least", 0}});
  if (account.shrink_percent < 0 || account.shrink_percent > 100)
    refuse_invalid(Flaw::OutOfRange, "must be 0 to 100", "shrink_percent", range(0, 100));
  if (account.likenesses.empty()) refuse_invalid(Flaw::Empty, "must not be empty", "likenesses");
  check(account.filters);
}

void check(const std::vector<model::Filter>& filters) {
  if (const auto sieve = catalog::Sieve::compile(filters); !sieve)
    refuse_invalid(Flaw::Pattern, sieve.error().message, concat("filters[", sieve.error().offset, "]"));
}

void check(const model::Login& login) {
  check_name(login.name);
  if (login.connections < 0)
    refuse_invalid(Flaw::OutOfRange, "must not be negative", "connections", {{"least", 0}});
  check_whole(login.search, "search");
  check_whole(login.replace, "replace");
  if (login.search.empty()) return;
  if (const auto regex = gx::Regex::compile(login.search); !regex)
    refuse_invalid(Flaw::Pattern, regex.error().message, "search");
}

void check(const model::Group& group) {
  if (!group.sync) return;
  if (const auto good = catalog::check(*group.sync); !good)
    refuse_invalid(Flaw::Pattern, good.error().message, "sync");
}

void check(const model::DummyRule& rule) {
  check_name(rule.name);
  if (const auto good = catalog::check(rule); !good) refuse_invalid(good.error().message);
}

void check(const model::User& user) {
  check_name(user.name);
  if (user.name.find(':') != std::string::npos)
    refuse_invalid(Flaw::Colon, "must not have a colon: players cannot tell it", "name");
  if (user.streams < 0) refuse_invalid(Flaw::OutOfRange, "must not be negative", "streams", {{"least", 0}});
  for (std::size_t i = 0; i < user.networks.size(); ++i)
    if (const auto network = net::Network::parse(user.networks[i]); !network)
      refuse_invalid(Flaw::Network, network.error().message, concat("networks[", i, "]"),
                     {{"value", user.networks[i]}});
}

void check(const model::GuideSource& source) {
  check_name(source.name);
  check_refresh(source.refresh);
  check_whole(source.location, "location");
  check_whole(source.requests);
  if (trim(source.location).empty()) refuse_invalid(Flaw::Empty, "must not be empty", "location");
  if (source.past_days < 0 || source.past_days > 365)
    refuse_invalid(Flaw::OutOfRange, "must be 0 to 365", "past_days", range(0, 365));
  if (source.future_days < 0 || source.future_days > 365)
    refuse_invalid(Flaw::OutOfRange, "must be 0 to 365", "future_days", range(0, 365));
}

void check(const model::StreamProfile& profile) {
  check_name(profile.name);
  if (profile.kind != model::StreamProfileKind::Command) {
    if (!profile.command.empty()) refuse_invalid("only a profile of kind command has one", "command");
    return;
  }
  if (const auto line = command::parse_command(profile.command); !line)
    refuse_invalid(concat(line.error().message, ", at byte ", line.error().offset), "command");
}

void check_stream_profile(sqlite::Database& database, std::optional<model::StreamProfileId> profile) {
  if (profile && !store::find_stream_profile(database, *profile))
    refuse_invalid(Flaw::NotThere, "there is no such stream profile", "stream_profile");
}

void check_slate(const std::string& file) {
  if (file.empty()) return;
  if (!file.starts_with('/')) refuse_invalid(Flaw::Path, "must be an absolute path", "slate");
  std::error_code error;
  const bool regular = std::filesystem::is_regular_file(file, error);
  if (error || ::access(file.c_str(), R_OK) != 0)
    refuse_invalid(Flaw::Unreadable,
                   concat("cannot be read: ", error ? error.message() : std::strerror(errno)), "slate");
  if (!regular) refuse_invalid(Flaw::NoFile, "is no file", "slate");
}

} // namespace relevo::admin
