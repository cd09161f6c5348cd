// SPDX-License-Identifier: LGPL-2.1-or-later
// Streams and logins, multiplied.
#include "sessions/candidates.hpp"

#include "address.hpp"
#include "base/text.hpp"
#include "store/accounts.hpp"
#include "store/channels.hpp"
#include "store/stream_profiles.hpp"
#include "store/streams.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace relevo::sessions {
namespace {

using model::Account;
using model::Login;
using model::Stream;
using model::StreamProfile;
using model::StreamProfileKind;

struct Access {
  std::optional<Account> account;
  std::vector<Login> logins;
};

unsigned limit_of(int connections) {
  return static_cast<unsigned>(std::max(connections, 0));
}

slots::Claim make_claim(const Account& account, const Login* login) {
  slots::Claim claim;
  claim.account = account.id;
  claim.limits.account = limit_of(account.connections);
  if (!login) return claim;
  claim.login = login->id;
  claim.limits.login = limit_of(login->connections);
  if (account.server_group.empty() || login->username.empty()) return claim;
  claim.credentials = concat(account.server_group, '/', login->username);
  claim.limits.credentials = claim.limits.login;
  return claim;
}

/// What the list said of the stream alone goes before what is said of the account.
void set_requests(channel::Candidate& candidate, const Account& account, const Stream& stream) {
  candidate.user_agent = account.requests.user_agent;
  candidate.proxy = account.requests.proxy;
  for (const auto& header : account.requests.headers)
    candidate.headers.emplace_back(header.name, header.value);
  const auto details = nlohmann::json::parse(stream.details, nullptr, false);
  const auto headers = details.is_object() ? details.find("headers") : details.end();
  if (headers == details.end() || !headers->is_object()) return;
  for (const auto& item : headers->items()) {
    if (!item.value().is_string()) continue;
    const auto& name = item.key();
    const auto text = item.value().get<std::string>();
    if (equal_nocase(name, "user-agent")) {
      candidate.user_agent = text;
      continue;
    }
    std::erase_if(candidate.headers, [&](const auto& header) { return equal_nocase(header.first, name); });
    candidate.headers.emplace_back(name, text);
  }
}

/// What a header of an answer can say, and a player can open by itself.
bool is_for_players(const std::string& url) {
  const bool web = url.starts_with("http://") || url.starts_with("https://");
  return web && std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f; });
}

void set_profile(Source& source, const StreamProfile& profile) {
  channel::Candidate& candidate = source.candidate;
  if (!profile.user_agent.empty()) candidate.user_agent = profile.user_agent;
  switch (profile.kind) {
  case StreamProfileKind::Proxy: break;
  case StreamProfileKind::Redirect:
    source.redirect = candidate.headers.empty() && candidate.user_agent.empty() && candidate.proxy.empty() &&
                      is_for_players(candidate.uri);
    break;
  case StreamProfileKind::Command:
    candidate.command = profile.command;
    // Another candidate than the same address without it: what plays changes over.
    candidate.id += concat(':', profile.id.value);
  }
}

std::string why_not(const Stream& stream, const std::optional<Account>& account) {
  if (!account) return "its account has gone";
  if (!account->enabled) return "its account is not enabled";
  if (stream.kind != model::StreamKind::Live) return "it is no live stream";
  return {};
}

std::string why_not(const Login& login, model::Time now) {
  if (!login.enabled) return "the login is not enabled";
  if (login.expires && *login.expires <= now) return "the login has expired";
  return {};
}

/// The stream, and what its list names to be tried when it does not work: as streams that differ in their
/// address, and in the headers that stand with it.
std::vector<Stream> with_backups(const Stream& stream) {
  std::vector<Stream> all{stream};
  const auto details = nlohmann::json::parse(stream.details, nullptr, false);
  const auto backups = details.is_object() ? details.find("backups") : details.end();
  if (backups == details.end() || !backups->is_array()) return all;
  for (const auto& backup : *backups) {
    if (!backup.is_object() || !backup.contains("url") || !backup["url"].is_string()) continue;
    Stream& other = all.emplace_back(stream);
    other.url = backup["url"].get<std::string>();
    const auto& own = backup.contains("headers") ? backup : details;
    other.details = nlohmann::json{{"headers", own.value("headers", nlohmann::json::object())}}.dump();
  }
  return all;
}

class Planner {
 public:
  Planner(sqlite::Database& database, const model::Channel& channel, model::Time now,
          std::string_view usual_profile)
      : database_(database),
        channel_(channel),
        now_(now),
        usual_profile_(usual_profile),
        profiles_(store::load_stream_profiles(database)) {}

  void add(model::StreamId id, Plan& plan) {
    const auto stream = store::find_stream(database_, id);
    if (!stream) return;
    const Access& access = access_of(stream->account);
    if (auto why = why_not(*stream, access.account); !why.empty()) {
      plan.left_out.push_back({stream->name, std::move(why)});
      return;
    }
    const auto all = with_backups(*stream);
    for (std::size_t backup = 0; backup < all.size(); ++backup) {
      if (access.logins.empty()) add(all[backup], backup, *access.account, nullptr, plan);
      for (const Login& login : access.logins)
        add(all[backup], backup, *access.account, &login, plan);
    }
  }

 private:
  const Access& access_of(model::AccountId id) {
    const auto [found, is_new] = accesses_.try_emplace(id);
    if (is_new) found->second = {store::find_account(database_, id), store::load_logins(database_, id)};
    return found->second;
  }

  /// Null: there is none that was chosen.
  [[nodiscard]] const StreamProfile* profile_of(const Stream& stream) const {
    const auto chosen = channel_.stream_profile ? channel_.stream_profile : stream.stream_profile;
    const auto found = chosen ? std::ranges::find(profiles_, *chosen, &StreamProfile::id)
                              : std::ranges::find(profiles_, usual_profile_, &StreamProfile::name);
    return found == profiles_.end() ? nullptr : &*found;
  }

  /// `backup`: which of them it is; 0: none.
  void add(const Stream& stream, std::size_t backup, const Account& account, const Login* login,
           Plan& plan) const {
    Source source;
    source.stream = stream.id;
    channel::Candidate& candidate = source.candidate;
    candidate.label = concat(stream.name, " (", account.name, login ? concat(", ", login->name) : "", ')');
    if (backup != 0) candidate.label += concat(", backup ", backup);
    const auto leave_out = [&](std::string why) {
      plan.left_out.push_back({candidate.label, std::move(why)});
    };
    if (login)
      if (auto why = why_not(*login, now_); !why.empty()) return leave_out(std::move(why));
    const auto address = make_address(account, stream, login);
    if (!address) return leave_out(address.error().message);
    candidate.uri = *address;
    candidate.id = concat(stream.id.value, ':', login ? login->id.value : 0);
    if (backup != 0) candidate.id += concat('+', backup);
    candidate.slot_key = login ? concat("login-", login->id.value) : concat("account-", account.id.value);
    candidate.channel_id = channel_.uuid;
    set_requests(candidate, account, stream);
    if (const auto* profile = profile_of(stream)) set_profile(source, *profile);
    source.claim = make_claim(account, login);
    source.own_host = find_own_host(account, login, candidate.uri);
    plan.sources.push_back(std::move(source));
  }

  sqlite::Database& database_;
  const model::Channel& channel_;
  const model::Time now_;
  const std::string_view usual_profile_;
  const std::vector<StreamProfile> profiles_;
  std::map<model::AccountId, Access> accesses_;
};

std::optional<model::Channel> find_by_number(sqlite::Database& database, std::string_view reference) {
  const auto number = lineup::parse_channel_number(reference);
  if (!number) return std::nullopt;
  return store::find_channel(database, *number);
}

std::optional<model::Channel> find_by_id(sqlite::Database& database, std::string_view text) {
  const auto id = parse_number<std::int64_t>(text);
  if (!id) return std::nullopt;
  return store::find_channel(database, model::ChannelId{*id});
}

} // namespace

std::optional<model::Channel> find_channel(sqlite::Database& database, std::string_view reference) {
  constexpr std::string_view kId = "id:", kNumber = "number:";
  if (reference.starts_with(kId)) return find_by_id(database, reference.substr(kId.size()));
  if (reference.starts_with(kNumber)) return find_by_number(database, reference.substr(kNumber.size()));
  if (auto channel = store::find_channel(database, std::string(reference))) return channel;
  if (auto channel = find_by_number(database, reference)) return channel;
  return find_by_id(database, reference);
}

Plan make_plan(sqlite::Database& database, const model::Channel& channel, model::Time now,
               std::string_view usual_profile) {
  Plan plan{channel.id, channel.uuid, channel.name, channel.slate, {}, {}};
  Planner planner(database, channel, now, usual_profile);
  for (const auto& stream : store::load_channel_streams(database, channel.id))
    planner.add(stream.stream, plan);
  return plan;
}

std::optional<Plan> make_preview(sqlite::Database& database, const std::string& account,
                                 model::StreamId stream, model::Time now, std::string_view usual_profile) {
  auto owner = store::find_account(database, account);
  if (const auto id = parse_number<std::int64_t>(account); !owner && id)
    owner = store::find_account(database, model::AccountId{*id});
  const auto found = store::find_stream(database, stream);
  if (!owner || !found || found->account != owner->id) return std::nullopt;
  model::Channel nothing;
  nothing.uuid = concat("preview-", stream.value);
  Plan plan{{}, nothing.uuid, concat(found->name, " (", owner->name, ')'), {}, {}, {}};
  Planner(database, nothing, now, usual_profile).add(stream, plan);
  return plan;
}

} // namespace relevo::sessions
