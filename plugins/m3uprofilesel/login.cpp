// SPDX-License-Identifier: LGPL-2.1-or-later
// Logins read, and addresses rewritten.
#include "login.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::m3uprofilesel {
namespace {

constexpr std::pair<const char*, std::string LoginSpec::*> kTexts[] = {
    {"name", &LoginSpec::name},
    {"search", &LoginSpec::search},
    {"replace", &LoginSpec::replace},
    {"user-agent", &LoginSpec::user_agent},
};

/// A reference of `replacement` to a group that `regex` does not have; "" when all are there.
std::string find_missing(const policy::Replacement& replacement, const gx::Regex& regex) {
  for (const auto& piece : replacement.pieces()) {
    if (const auto* number = std::get_if<policy::Replacement::Numbered>(&piece)) {
      if (*number > regex.groups()) return concat('$', *number);
    } else if (const auto* named = std::get_if<policy::Replacement::Named>(&piece)) {
      if (!regex.has_group(named->name)) return concat("$<", named->name, '>');
    }
  }
  return {};
}

} // namespace

LoginSpec parse_login(const GstStructure* structure) {
  LoginSpec login;
  for (const auto& [field, member] : kTexts)
    if (const gchar* text = gst_structure_get_string(structure, field)) login.*member = text;
  gint number = 0; // gst-launch's plain numbers
  if (!gst_structure_get_uint(structure, "limit", &login.limit) &&
      gst_structure_get_int(structure, "limit", &number))
    login.limit = static_cast<unsigned>(std::max(number, 0));
  if (const GValue* headers = gst_structure_get_value(structure, "headers");
      headers && GST_VALUE_HOLDS_STRUCTURE(headers))
    gstx::load(headers, login.headers);
  return login;
}

GstStructure* make_structure(const LoginSpec& login) {
  GstStructure* structure = gst_structure_new("login", "limit", G_TYPE_UINT, login.limit, nullptr);
  for (const auto& [field, member] : kTexts)
    if (!(login.*member).empty())
      gst_structure_set(structure, field, G_TYPE_STRING, (login.*member).c_str(), nullptr);
  if (!login.headers.empty()) {
    GValue headers = G_VALUE_INIT;
    g_value_init(&headers, GST_TYPE_STRUCTURE);
    gstx::store(login.headers, &headers);
    gst_structure_take_value(structure, "headers", &headers);
  }
  return structure;
}

std::optional<Error> Login::compile() {
  if (spec_.search.empty()) return std::nullopt;
  auto regex = gx::Regex::compile(spec_.search);
  if (!regex) return regex.error();
  search_ = std::move(*regex);
  replace_.emplace(spec_.replace, search_->groups());
  const auto missing = find_missing(*replace_, *search_);
  if (missing.empty()) return std::nullopt;
  return Error{concat("the pattern has no group for ", missing), 0};
}

Result<std::optional<std::string>> Login::rewrite(const std::string& url) const {
  if (!search_) return url;
  return search_->replace_all(url, [this](const gx::Regex::Match& match) {
    return replace_->expand([&](unsigned number) { return match.group(number); },
                            [&](const std::string& name) { return match.group(name); });
  });
}

Result<std::vector<Login>> make_logins(const std::vector<LoginSpec>& specs) {
  std::vector<Login> logins;
  for (const LoginSpec& spec : specs.empty() ? std::vector<LoginSpec>(1) : specs) {
    Login& login = logins.emplace_back();
    login.spec_ = spec;
    std::string& name = login.spec_.name;
    if (name.empty()) name = std::to_string(logins.size());
    const auto same = [&](const Login& other) { return &other != &login && other.spec_.name == name; };
    if (std::ranges::any_of(logins, same)) return fail(concat("two logins are named ", quote(name)));
    if (const auto error = login.compile()) return fail(concat("login ", quote(name), ": ", error->message));
  }
  return logins;
}

} // namespace relevo::m3uprofilesel
