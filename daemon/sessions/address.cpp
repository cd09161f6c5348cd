// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses of streams, of panels and rewritten.
#include "address.hpp"

#include "base/text.hpp"
#include "gx/regex.hpp"
#include "ip/reach.hpp"
#include "policy/replacement.hpp"
#include "sources/own_host.hpp"
#include "xtream/panel.hpp"

namespace relevo::sessions {
namespace {

Result<std::string> panel_address(const model::Account& account, const model::Stream& stream,
                                  const model::Login* login) {
  if (!login) return fail("the account has no login");
  const auto pasted = xtream::parse_panel(account.location);
  if (!pasted) return fail(concat("the account's address: ", pasted.error().message));
  const auto id = parse_number<std::int64_t>(stream.provider_id);
  if (!id) return fail(concat("the provider's id ", quote(stream.provider_id), " is no number"));
  return xtream::live_url(pasted->panel, {login->username, login->password}, *id, "ts");
}

Result<std::string> rewrite(const std::string& url, const model::Login& login) {
  const auto regex = gx::Regex::compile(login.search);
  if (!regex) return fail(concat("search: ", regex.error().message));
  const policy::Replacement replacement(login.replace, regex->groups());
  const auto replaced = regex->replace_all(url, [&](const gx::Regex::Match& match) {
    return replacement.expand([&](unsigned number) { return match.group(number); },
                              [&](const std::string& name) { return match.group(name); });
  });
  if (!replaced) return fail(concat("search: ", replaced.error().message));
  if (!*replaced) return fail("its search finds nothing in the address");
  return **replaced;
}

/// A call of an AceStream engine, as lists have them that are made for whoever has one on his machine.
bool asks_local_engine(std::string_view address) {
  return address.starts_with("http://127.0.0.1:6878/ace/") ||
         address.starts_with("http://localhost:6878/ace/");
}

} // namespace

Result<std::string> make_address(const model::Account& account, const model::Stream& stream,
                                 const model::Login* login) {
  if (stream.url.empty() && account.kind == model::AccountKind::Xtream)
    return panel_address(account, stream, login);
  if (stream.url.empty()) return fail("the stream has no address");
  if (!login || login->search.empty()) return stream.url;
  return rewrite(stream.url, *login);
}

std::optional<std::string> find_own_host(const model::Account& account, const model::Login* login,
                                         std::string_view address) {
  const std::string host(ip::host_of(address));
  const bool typed = asks_local_engine(address) || account.kind == model::AccountKind::Manual ||
                     (login && !host.empty() && login->replace.find(host) != std::string::npos);
  if (typed) return host.empty() ? std::nullopt : std::optional(host);
  return sources::own_host_of(account);
}

} // namespace relevo::sessions
