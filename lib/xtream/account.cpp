// SPDX-License-Identifier: LGPL-2.1-or-later
// user_info and server_info, each read on its own.
#include "xtream/account.hpp"

#include "base/text.hpp"
#include "json.hpp"
#include "opening.hpp"
#include "pieces.hpp"
#include "verdict.hpp"

namespace relevo::xtream {
namespace {

std::optional<std::int64_t> count(const Json& object, const char* name) {
  const auto number = to_integer(member(object, name));
  return number && *number >= 0 ? number : std::nullopt;
}

std::optional<std::uint16_t> port(const Json& object, const char* name) {
  const auto number = count(object, name);
  if (!number || *number == 0 || *number > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(*number);
}

Standing standing_of(std::string_view status) {
  for (const auto standing :
       {Standing::Active, Standing::Trial, Standing::Expired, Standing::Banned, Standing::Disabled})
    if (equal_nocase(status, name_of(standing))) return standing;
  return Standing::Unknown;
}

/// An array, or one text with commas.
std::vector<std::string> formats_of(const Json& user) {
  std::vector<std::string> formats;
  const auto add = [&formats](std::string_view name) {
    if (name = trim(name); !name.empty()) formats.emplace_back(name);
  };
  const Json* found = find(user, "allowed_output_formats");
  if (!found) return formats;
  if (found->is_array())
    for (const auto& element : *found)
      if (const auto* name = element.get_ptr<const std::string*>()) add(*name);
  if (const auto* all = found->get_ptr<const std::string*>())
    for (std::string_view rest = *all; !rest.empty();) {
      const auto name = rest.substr(0, rest.find(','));
      add(name);
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    }
  return formats;
}

void read_user(const Json& user, AccountInfo& account) {
  account.user = text_member(user, "username");
  account.message = text_member(user, "message");
  account.status = text_member(user, "status");
  account.standing = standing_of(account.status);
  account.expires = to_moment(member(user, "exp_date"));
  account.created = to_moment(member(user, "created_at"));
  account.trial = to_flag(member(user, "is_trial"));
  account.active_connections = count(user, "active_cons");
  account.max_connections = count(user, "max_connections");
  account.formats = formats_of(user);
}

/// Some panels write a whole URL where the host should be.
std::string host_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string(url.substr(0, url.find_first_of(":/?#")));
}

void read_server(const Json& server, ServerInfo& info) {
  info.host = host_of(text_member(server, "url"));
  info.port = port(server, "port");
  info.https_port = port(server, "https_port");
  info.rtmp_port = port(server, "rtmp_port");
  info.protocol = text_member(server, "server_protocol");
  info.timezone = text_member(server, "timezone");
  info.now = to_moment(member(server, "timestamp_now"));
  info.local_now = text_member(server, "time_now");
}

/// The members of the object that an answer is.
struct Answer {
  Json user, server; // null where there is none, or none that can be read
  std::string all;   // with commas between them
  bool ended = false;
};

Answer read_answer(std::string_view begin, std::string_view rest) {
  Answer answer;
  PieceReader pieces([&answer](std::string_view member, bool) {
    answer.all += concat(answer.all.empty() ? "" : ",", member);
    auto object = Json::parse(concat('{', member, '}'), nullptr, false);
    if (!object.is_object() || object.empty()) return;
    if (object.contains("user_info")) answer.user = std::move(object["user_info"]);
    if (object.contains("server_info")) answer.server = std::move(object["server_info"]);
  });
  pieces.push(begin);
  pieces.push(rest);
  answer.ended = pieces.ended();
  if (!pieces.of_object()) answer.all.clear();
  return answer;
}

} // namespace

std::string_view name_of(Standing standing) noexcept {
  switch (standing) {
  case Standing::Active: return "active";
  case Standing::Trial: return "trial";
  case Standing::Expired: return "expired";
  case Standing::Banned: return "banned";
  case Standing::Disabled: return "disabled";
  case Standing::Unknown: return "unknown";
  }
  return "unknown";
}

Reply<AccountInfo> parse_account(std::string_view text) {
  using enum Refusal::Kind;
  constexpr std::string_view kWanted = "the account";
  Opening opening;
  const auto rest = opening.push(text);
  if (opening.state() != Opening::State::Found)
    return tl::unexpected(opening.refusal().value_or(Refusal{Empty, "null instead of the account"}));
  const auto answer = read_answer(opening.begin(), rest);
  const bool known = answer.user.is_object() && !answer.user.empty();
  const bool let_in = known && (!answer.user.contains("auth") || to_flag(member(answer.user, "auth")));
  if (!let_in) {
    if (!answer.ended && !known) return tl::unexpected(Refusal{Truncated, "the account breaks off"});
    return tl::unexpected(refusal_of_object(answer.all, kWanted));
  }
  AccountInfo account;
  read_user(answer.user, account);
  if (answer.server.is_object()) read_server(answer.server, account.server);
  return account;
}

} // namespace relevo::xtream
