// SPDX-License-Identifier: LGPL-2.1-or-later
// Accounts, their logins and groups.
#include "store/accounts.hpp"
#include "admin/fields_model.hpp"
#include "admin/operations.hpp"
#include "answers.hpp"
#include "catalog/filter_preview.hpp"
#include "checks.hpp"
#include "secrets.hpp"
#include "store/streams.hpp"

namespace relevo::admin {

struct FilterRequest {
  std::vector<model::Filter> filters{};
};

template <>
const Fields<FilterRequest>& fields_of<FilterRequest>() {
  static const Fields<FilterRequest> kFields = {
      field("filters", &FilterRequest::filters, "in place of those of the account"),
  };
  return kFields;
}

template <>
const Fields<catalog::FilterPreview>& fields_of<catalog::FilterPreview>() {
  using catalog::FilterPreview;
  static const Fields<FilterPreview> kFields = {
      field("kept", &FilterPreview::kept, "how many streams would stay"),
      field("left_out", &FilterPreview::left_out, "how many would go"),
      field("examples_kept", &FilterPreview::examples_kept, "names of those, at most 50"),
      field("examples_left_out", &FilterPreview::examples_left_out, "names of these, at most 50"),
  };
  return kFields;
}

namespace {

using model::Account;
using model::AccountId;
using model::Group;
using model::GroupId;
using model::Login;
using model::LoginId;
using net::Response;

Json view(const Call& call, const Account& account) {
  const auto state = store::load_account_state(call.database, account.id);
  Json json = show(account);
  json["state"] = write(state);
  return json;
}

Json view_schema() {
  Json schema = Codec<Account>::schema();
  schema["properties"]["state"] = Codec<store::RefreshState>::schema();
  return schema;
}

Account find(const Call& call) {
  auto account = store::find_account(call.database, call.id<AccountId>("account"));
  if (!account) refuse_unknown("account");
  return *std::move(account);
}

Response list(const Call& call) {
  Json json = Json::array();
  for (const auto& account : store::load_accounts(call.database))
    json.push_back(view(call, account));
  return answer(json);
}

Response create(const Call& call) {
  Account account;
  apply(account, call.body);
  check(account);
  store::save_account(call.database, account);
  return answer(view(call, account), kCreated);
}

Response change(const Call& call) {
  sqlite::Transaction transaction(call.database);
  Account account = find(call);
  const auto kind = account.kind;
  admin::apply(account, restore(call.body, account));
  if (account.kind != kind) refuse_invalid(Flaw::Fixed, "cannot be changed: make another account", "kind");
  check(account);
  store::save_account(call.database, account);
  transaction.commit();
  return answer(view(call, account));
}

Response erase(const Call& call) {
  if (!store::erase_account(call.database, call.id<AccountId>("account"))) refuse_unknown("account");
  return nothing();
}

Response preview_filters(const Call& call) {
  FilterRequest request;
  apply(request, call.body);
  check(request.filters);
  const auto preview = catalog::preview_filters(call.database, find(call).id, request.filters, call.token);
  if (!preview)
    refuse_invalid(Flaw::TooSlow, preview.error().message, concat("filters[", preview.error().offset, "]"));
  return answer(write(*preview));
}

Response list_logins(const Call& call) {
  return answer(show_all(store::load_logins(call.database, find(call).id)));
}

Response create_login(const Call& call) {
  Login login;
  login.account = find(call).id;
  apply(login, call.body);
  check(login);
  store::save_login(call.database, login);
  return answer(show(login), kCreated);
}

Response change_login(const Call& call) {
  sqlite::Transaction transaction(call.database);
  auto login = store::find_login(call.database, call.id<LoginId>("login"));
  if (!login) refuse_unknown("login");
  admin::apply(*login, restore(call.body, *login));
  check(*login);
  store::save_login(call.database, *login);
  transaction.commit();
  return answer(show(*login));
}

Response erase_login(const Call& call) {
  if (!store::erase_login(call.database, call.id<LoginId>("login"))) refuse_unknown("login");
  return nothing();
}

Response list_groups(const Call& call) {
  const auto account = find(call).id;
  auto counts = store::count_streams(call.database, account);
  Json groups = Json::array();
  for (const auto& group : store::load_groups(call.database, account)) {
    groups.push_back(write(group));
    groups.back()["streams"] = counts[group.id]; // none where it has come meanwhile
  }
  return answer(groups);
}

Json counted_group_schema() {
  Json schema = Codec<Group>::schema();
  schema["properties"]["streams"] = {
      {"type", "integer"}, {"readOnly", true}, {"description", "how many of them the list has"}};
  return schema;
}

Response change_group(const Call& call) {
  sqlite::Transaction transaction(call.database);
  auto group = store::find_group(call.database, call.id<GroupId>("group"));
  if (!group) refuse_unknown("group");
  const bool wanted = group->wanted;
  apply(*group, call.body);
  check(*group);
  if (group->wanted != wanted) store::set_group_wanted(call.database, group->id, group->wanted);
  store::set_group_sync(call.database, group->id, group->sync);
  transaction.commit();
  return answer(write(*group));
}

} // namespace

void add_accounts(Operations& operations) {
  using net::Method;
  const Json account = Codec<Account>::schema(), login = Codec<Login>::schema(),
             group = Codec<Group>::schema();
  const std::string base = "/api/v1/accounts", one = base + "/{account}";
  operations.push_back(
      {Method::Get, base, "all accounts, by name", {}, {}, list_schema(view_schema()), list});
  operations.push_back({Method::Post, base, "a new account", {}, account, view_schema(), create});
  operations.push_back({Method::Get, one, "an account", {}, {}, view_schema(), [](const Call& call) {
                          return answer(view(call, find(call)));
                        }});
  operations.push_back({Method::Patch, one, "changes of an account", {}, account, view_schema(), change});
  operations.push_back({Method::Delete, one, "takes an account away, with its streams", {}, {}, {}, erase});
  operations.push_back({Method::Post,
                        one + "/filter-preview",
                        "what filters would leave of the streams that are kept from its list",
                        {},
                        Codec<FilterRequest>::schema(),
                        Codec<catalog::FilterPreview>::schema(),
                        preview_filters});
  operations.back().changes = false;
  operations.push_back({Method::Get,
                        one + "/logins",
                        "its logins, in the order in which they are tried",
                        {},
                        {},
                        list_schema(login),
                        list_logins});
  operations.push_back(
      {Method::Post, one + "/logins", "a new login, tried last", {}, login, login, create_login});
  operations.push_back(
      {Method::Patch, "/api/v1/logins/{login}", "changes of a login", {}, login, login, change_login});
  operations.push_back(
      {Method::Delete, "/api/v1/logins/{login}", "takes a login away", {}, {}, {}, erase_login});
  operations.push_back({Method::Get,
                        one + "/groups",
                        "the groups of its lists",
                        {},
                        {},
                        list_schema(counted_group_schema()),
                        list_groups});
  operations.push_back({Method::Patch,
                        "/api/v1/groups/{group}",
                        "whether the streams of a group are wanted, and how channels are made of them",
                        {},
                        group,
                        group,
                        change_group});
}

} // namespace relevo::admin
