// SPDX-License-Identifier: LGPL-2.1-or-later
#include "access/summary.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace relevo::access {
namespace {

using nlohmann::json;

/// Done to a user, a key or a box, whose name stands between the two texts.
struct Deed {
  std::string_view event;
  std::string_view before;
  std::string_view after;
};

constexpr std::array kDeeds = {
    Deed{"login", "", " logged in"},
    Deed{"logout", "", " logged out"},
    Deed{"logged-out-everywhere", "", " was logged out everywhere"},
    Deed{"user-added", "the user ", " was added"},
    Deed{"user-changed", "the user ", " was changed"},
    Deed{"user-removed", "the user ", " was removed"},
    Deed{"password-changed", "the user ", " has another password"},
    Deed{"token-renewed", "the user ", " has another stream token"},
    Deed{"key-added", "the API key ", " was added"},
    Deed{"key-removed", "the API key ", " was removed"},
    Deed{"device-added", "the box ", " was added"},
    Deed{"device-changed", "the box ", " was changed"},
    Deed{"device-removed", "the box ", " was removed"},
};

std::string text_of(const json& event, const char* name) {
  return event.value(name, std::string());
}

std::string as_whom(const json& event, std::string_view before) {
  const auto user = text_of(event, "user");
  return user.empty() ? std::string() : concat(before, quote(user));
}

std::string refused(const json& event) {
  auto text = concat(text_of(event, "address"), as_whom(event, " as "), " was refused ",
                     quote(text_of(event, "path")), " (", text_of(event, "reason"), ")");
  if (const auto untold = event.value("untold", 0); untold > 0)
    text += concat(", and ", untold, " more were");
  return text;
}

std::string login_failed(const json& event) {
  return concat("somebody could not log in", as_whom(event, " as "), " from ", text_of(event, "address"),
                " (", text_of(event, "reason"), ")");
}

std::string done(const Deed& deed, const json& event) {
  const auto by = text_of(event, "by");
  const auto name = text_of(event, event.contains("key")      ? "key"
                                   : event.contains("device") ? "device"
                                                              : "user");
  auto text = concat(deed.before, quote(name), deed.after);
  if (!by.empty()) text += concat(" by ", quote(by));
  return concat(text, " from ", text_of(event, "address"));
}

} // namespace

std::string summarise(const json& event) {
  const auto kind = text_of(event, "event");
  if (kind == "refused") return refused(event);
  if (kind == "login-failed") return login_failed(event);
  const auto deed = std::ranges::find(kDeeds, kind, &Deed::event);
  return deed == kDeeds.end() ? std::string() : done(*deed, event);
}

std::vector<std::string_view> event_kinds() {
  std::vector<std::string_view> kinds = {"refused", "login-failed"};
  for (const auto& deed : kDeeds)
    kinds.push_back(deed.event);
  return kinds;
}

} // namespace relevo::access
