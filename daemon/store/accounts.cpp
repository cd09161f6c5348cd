// SPDX-License-Identifier: LGPL-2.1-or-later
// The tables "account" and "login".
#include "store/accounts.hpp"

#include "base/text.hpp"
#include "rows.hpp"
#include "sealing.hpp"

namespace relevo::store {
namespace {

using model::Account;
using model::AccountId;
using model::Login;
using model::LoginId;

std::string write_filters(const std::vector<model::Filter>& filters) {
  Json json = Json::array();
  for (const auto& filter : filters)
    json.push_back({{"field", model::name_of(filter.field)},
                    {"pattern", filter.pattern},
                    {"exclude", filter.exclude},
                    {"match_case", filter.match_case}});
  return json.dump();
}

std::vector<model::Filter> read_filters(const std::string& text) {
  std::vector<model::Filter> filters;
  for (const auto& json : Json::parse(text))
    filters.push_back({model::find<model::Filter::Field>(json.at("field").get<std::string>())
                           .value_or(model::Filter::Field::Name),
                       json.at("pattern").get<std::string>(), json.at("exclude").get<bool>(),
                       json.at("match_case").get<bool>()});
  return filters;
}

// The columns in the order of read_account() and of save_account(); as they are read, and the places for what
// is written.
constexpr std::string_view kAccountColumns =
    "name, kind, location, enabled, user_agent, headers, proxy, refresh, stale_days, priority, "
    "connections, server_group, shrink_percent, new_groups, likenesses, filters";
constexpr std::string_view kReadAccount =
    "SELECT name, kind, unseal(location, 'account.location', id), enabled, user_agent, "
    "unseal(headers, 'account.headers', id), unseal(proxy, 'account.proxy', id), refresh, stale_days, "
    "priority, "
    "connections, server_group, shrink_percent, new_groups, likenesses, filters, id FROM account ";
constexpr std::string_view kAccountPlaces = "?, ?, seal(?, 'account.location', id), ?, ?, seal(?, "
                                            "'account.headers', id), seal(?, 'account.proxy', id), ?, "
                                            "?, ?, ?, ?, ?, ?, ?, ?";

Account read_account(const sqlite::Statement& row) {
  Account account;
  account.name = row.column<std::string>(0);
  account.kind =
      model::find<model::AccountKind>(row.column<std::string>(1)).value_or(model::AccountKind::Manual);
  account.location = row.column<std::string>(2);
  account.enabled = row.column<bool>(3);
  account.requests = {row.column<std::string>(4), read_headers(row.column<std::string>(5)),
                      row.column<std::string>(6)};
  account.refresh = row.column<std::string>(7);
  account.stale_days = row.column<int>(8);
  account.priority = row.column<int>(9);
  account.connections = row.column<int>(10);
  account.server_group = row.column<std::string>(11);
  account.shrink_percent = row.column<int>(12);
  account.new_groups = row.column<bool>(13);
  account.likenesses = read_names<model::Likeness>(row.column<std::string>(14));
  account.filters = read_filters(row.column<std::string>(15));
  account.id = {row.column<std::int64_t>(16)};
  return account;
}

constexpr std::string_view kLoginColumns =
    "account, name, enabled, username, password, search, replacement, connections, expires";
constexpr std::string_view kReadLogin = "SELECT account, name, enabled, unseal(username, 'login.username', "
                                        "id), unseal(password, 'login.password', id), "
                                        "unseal(search, 'login.search', id), unseal(replacement, "
                                        "'login.replacement', id), connections, expires, id "
                                        "FROM login ";
constexpr std::string_view kLoginPlaces = "?1, ?2, ?3, seal(?4, 'login.username', id), seal(?5, "
                                          "'login.password', id), seal(?6, 'login.search', id), "
                                          "seal(?7, 'login.replacement', id), ?8, ?9";

Login read_login(const sqlite::Statement& row) {
  Login login;
  login.account = {row.column<std::int64_t>(0)};
  login.name = row.column<std::string>(1);
  login.enabled = row.column<bool>(2);
  login.username = row.column<std::string>(3);
  login.password = row.column<std::string>(4);
  login.search = row.column<std::string>(5);
  login.replace = row.column<std::string>(6);
  login.connections = row.column<int>(7);
  login.expires = to_time(row.column<std::optional<std::int64_t>>(8));
  login.id = {row.column<std::int64_t>(9)};
  return login;
}

} // namespace

std::vector<Account> load_accounts(sqlite::Database& database) {
  sqlite::Statement row(database, concat(kReadAccount, "ORDER BY name"));
  std::vector<Account> accounts;
  while (row.step())
    accounts.push_back(read_account(row));
  return accounts;
}

std::optional<Account> find_account(sqlite::Database& database, AccountId id) {
  sqlite::Statement row(database, concat(kReadAccount, "WHERE id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_account(row);
}

std::optional<Account> find_account(sqlite::Database& database, const std::string& name) {
  sqlite::Statement row(database, concat(kReadAccount, "WHERE name = ?"));
  row.start(name);
  if (!row.step()) return std::nullopt;
  return read_account(row);
}

void save_account(sqlite::Database& database, Account& account) {
  sqlite::Statement statement(
      database, account.id ? concat("UPDATE account SET (", kAccountColumns, ") = (", kAccountPlaces,
                                    "), validator = '' WHERE id = ?")
                           : concat("INSERT INTO account (", kAccountColumns, ", id) SELECT ", kAccountPlaces,
                                    ", coalesce(?, id) FROM ", next_id_of("account")));
  statement.run(account.name, model::name_of(account.kind), account.location, account.enabled,
                account.requests.user_agent, write_headers(account.requests.headers), account.requests.proxy,
                account.refresh, account.stale_days, account.priority, account.connections,
                account.server_group, account.shrink_percent, account.new_groups,
                write_names(account.likenesses), write_filters(account.filters),
                account.id ? std::optional(account.id.value) : std::nullopt);
  if (!account.id) account.id = {database.last_insert_id()};
}

bool erase_account(sqlite::Database& database, AccountId id) {
  sqlite::Statement statement(database, "DELETE FROM account WHERE id = ?");
  statement.run(id.value);
  return database.changes() != 0;
}

RefreshState load_account_state(sqlite::Database& database, AccountId id) {
  sqlite::Statement row(database, concat("SELECT ", kStateColumns, " FROM account WHERE id = ?"));
  row.start(id.value);
  return row.step() ? read_state(row) : RefreshState{};
}

void save_account_state(sqlite::Database& database, AccountId id, const RefreshState& state) {
  sqlite::Statement statement(
      database, concat("UPDATE account SET (", kStateColumns, ") = (?,?,?,?,?,?,?) WHERE id = ?"));
  run_state(statement, state, id.value);
}

std::vector<Login> load_logins(sqlite::Database& database, AccountId account) {
  sqlite::Statement row(database, concat(kReadLogin, "WHERE account = ? ORDER BY position, id"));
  row.start(account.value);
  std::vector<Login> logins;
  while (row.step())
    logins.push_back(read_login(row));
  return logins;
}

std::optional<Login> find_login(sqlite::Database& database, LoginId id) {
  sqlite::Statement row(database, concat(kReadLogin, "WHERE id = ?"));
  row.start(id.value);
  if (!row.step()) return std::nullopt;
  return read_login(row);
}

void save_login(sqlite::Database& database, Login& login) {
  sqlite::Statement statement(
      database, login.id
                    ? concat("UPDATE login SET (", kLoginColumns, ") = (", kLoginPlaces, ") WHERE id = ?10")
                    : concat("INSERT INTO login (", kLoginColumns, ", id, position) SELECT ", kLoginPlaces,
                             ", coalesce(?10, id), "
                             "(SELECT coalesce(max(position), 0) + 1 FROM login WHERE account = ?1) FROM ",
                             next_id_of("login")));
  statement.run(login.account.value, login.name, login.enabled, login.username, login.password, login.search,
                login.replace, login.connections, to_column(login.expires),
                login.id ? std::optional(login.id.value) : std::nullopt);
  if (!login.id) login.id = {database.last_insert_id()};
}

bool erase_login(sqlite::Database& database, LoginId id) {
  sqlite::Statement statement(database, "DELETE FROM login WHERE id = ?");
  statement.run(id.value);
  return database.changes() != 0;
}

} // namespace relevo::store
