// SPDX-License-Identifier: LGPL-2.1-or-later
// The classic ways of saying no.
#include "xtream/refusal.hpp"

#include "base/text.hpp"
#include "json.hpp"
#include "verdict.hpp"

#include <algorithm>

namespace relevo::xtream {
namespace {

/// What the panel says, as one short line.
std::string words_of(const Json& object) {
  for (const char* name : {"error", "message", "msg"}) {
    const auto words = text_member(object, name);
    if (!words.empty()) return quote(words);
  }
  return {};
}

bool speaks_of_login(std::string_view words) {
  std::string lower(words);
  std::ranges::transform(lower, lower.begin(), to_lower);
  const auto says = [&lower](const char* word) { return lower.find(word) != std::string::npos; };
  return says("auth") || says("login") || says("credential") || says("password") || says("username");
}

} // namespace

std::string_view name_of(Refusal::Kind kind) noexcept {
  switch (kind) {
  case Refusal::Kind::BadLogin: return "bad-login";
  case Refusal::Kind::NoPanel: return "no-panel";
  case Refusal::Kind::Empty: return "empty";
  case Refusal::Kind::Truncated: return "truncated";
  case Refusal::Kind::Malformed: return "malformed";
  case Refusal::Kind::Unavailable: return "unavailable";
  }
  return "unknown";
}

std::optional<Refusal> refusal_of_status(int status) {
  using enum Refusal::Kind;
  if (status >= 200 && status < 300) return std::nullopt;
  if (status == 401 || status == 403)
    return Refusal{BadLogin, concat("the panel does not let this login in (HTTP status ", status, ')')};
  if (status == 404 || status == 410)
    return Refusal{NoPanel, concat("there is no panel at this address (HTTP status ", status, ')')};
  return Refusal{Unavailable, concat("the panel cannot answer now (HTTP status ", status, ')')};
}

Refusal refusal_of_object(std::string_view members, std::string_view wanted) {
  using enum Refusal::Kind;
  const auto object = Json::parse(concat('{', members, '}'), nullptr, false);
  if (object.is_discarded()) return {Malformed, concat("malformed JSON instead of ", wanted)};
  const Json* user = find(object, "user_info");
  const auto words = words_of(user ? *user : object);
  const std::string said = words.empty() ? "" : concat(": ", words);
  const bool known = user && user->is_object() && !user->empty();
  if (user && (!known || (user->contains("auth") && !to_flag(member(*user, "auth")))))
    return {BadLogin, concat("the panel does not know this login", said)};
  if (user) return {Malformed, concat("the panel tells about the account instead of ", wanted)};
  if (speaks_of_login(words)) return {BadLogin, concat("the panel refuses this login", said)};
  const auto first = object.empty() ? "nothing" : concat("an object with ", quote(object.begin().key()));
  return {Malformed, concat(first, " instead of ", wanted, said)};
}

} // namespace relevo::xtream
