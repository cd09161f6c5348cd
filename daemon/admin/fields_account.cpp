// SPDX-License-Identifier: LGPL-2.1-or-later
// Accounts, logins, groups and filters in JSON.
#include "admin/fields_model.hpp"

namespace relevo::admin {

using model::Account;
using model::Filter;
using model::Group;
using model::Header;
using model::Login;
using model::Requests;

template <>
const Fields<Header>& fields_of<Header>() {
  static const Fields<Header> kFields = {
      field("name", &Header::name, "of the header"),
      field("value", &Header::value, "of the header; *** where it is secret"),
  };
  return kFields;
}

template <>
const Fields<Requests>& fields_of<Requests>() {
  static const Fields<Requests> kFields = {
      field("user_agent", &Requests::user_agent, "sent with every request; \"\": that of the program"),
      field("headers", &Requests::headers, "sent with every request"),
      field("proxy", &Requests::proxy, "http://user:password@host:port, shown with *** for them; \"\": none"),
  };
  return kFields;
}

template <>
const Fields<Filter>& fields_of<Filter>() {
  static const Fields<Filter> kFields = {
      field("field", &Filter::field, "what of a stream is looked at"),
      field("pattern", &Filter::pattern, "a regular expression, found anywhere in it"),
      field("exclude", &Filter::exclude,
            "what matches is left out; false: it is kept, whatever the filters behind this one say"),
      field("match_case", &Filter::match_case, "whether upper and lower case are different"),
  };
  return kFields;
}

template <>
const Fields<Account>& fields_of<Account>() {
  static const Fields<Account> kFields = {
      field("id", &Account::id, "its number", Use::ReadOnly),
      field("name", &Account::name, "unique"),
      field("kind", &Account::kind, "where its streams come from"),
      field("location", &Account::location,
            "URL of the playlist or panel, or path of the file; shown with *** for what is secret"),
      field("enabled", &Account::enabled, "whether it is refreshed and its streams are used"),
      field("requests", &Account::requests, "how requests to the provider look"),
      field("refresh", &Account::refresh,
            "hours (\"24h\"), a line of cron (\"30 4 * * *\"), or \"\": by hand only"),
      field("stale_days", &Account::stale_days, "how long streams are kept that its list no longer has"),
      field("priority", &Account::priority, "higher: preferred"),
      field("connections", &Account::connections, "at most, over all logins; 0: any number"),
      field("server_group", &Account::server_group,
            "accounts of one provider: equal logins in a group share their connections"),
      field("shrink_percent", &Account::shrink_percent,
            "a list that lost more than that changes nothing until it is accepted"),
      field("new_groups", &Account::new_groups, "whether groups that are seen for the first time are wanted"),
      field("likenesses", &Account::likenesses,
            "what a stream is known again by after a refresh, most trusted first"),
      field("filters", &Account::filters, "in their order; the first one that matches decides"),
  };
  return kFields;
}

template <>
const Fields<Login>& fields_of<Login>() {
  static const Fields<Login> kFields = {
      field("id", &Login::id, "its number", Use::ReadOnly),
      field("account", &Login::account, "that it belongs to", Use::ReadOnly),
      field("name", &Login::name, "unique in its account"),
      field("enabled", &Login::enabled, "whether it is used"),
      field("username", &Login::username, "of a panel"),
      field("password", &Login::password, "never shown", Use::WriteOnly),
      field("search", &Login::search, "a regular expression of what is other in its URLs; shown as ***"),
      field("replace", &Login::replace,
            "what stands there instead; $1, $<name>: what a group matched; shown as ***"),
      field("connections", &Login::connections, "at most; 0: any number"),
      field("expires", &Login::expires, "as the provider told or you did; null: never, or not known"),
  };
  return kFields;
}

template <>
const Fields<Group>& fields_of<Group>() {
  static const Fields<Group> kFields = {
      field("id", &Group::id, "its number", Use::ReadOnly),
      field("account", &Group::account, "whose list has it", Use::ReadOnly),
      field("kind", &Group::kind, "of its streams", Use::ReadOnly),
      field("name", &Group::name, "as the provider calls it", Use::ReadOnly),
      field("wanted", &Group::wanted, "whether its streams are taken at the next refresh"),
      field("sync", &Group::sync, "how channels are made of it; null: none are"),
  };
  return kFields;
}

} // namespace relevo::admin
