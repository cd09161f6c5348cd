// SPDX-License-Identifier: LGPL-2.1-or-later
// Accounts and logins in the database. All functions throw sqlite::Failure.
#pragma once

#include "model/account.hpp"
#include "sqlite/database.hpp"

#include <string>

namespace relevo::store {

/// How the last refresh of something went.
struct RefreshState {
  std::string state = "new"; // new, running, good, failed, objected
  std::string message{};     // of what is wrong, for people
  std::string counts = "{}"; // JSON
  std::optional<model::Time> tried{};
  std::optional<model::Time> refreshed{}; // the last that was good
  std::string validator{};                // of what it brought
  int failures = 0;                       // in a row
};

[[nodiscard]] std::vector<model::Account> load_accounts(sqlite::Database& database); // by name
[[nodiscard]] std::optional<model::Account> find_account(sqlite::Database& database, model::AccountId id);
[[nodiscard]] std::optional<model::Account> find_account(sqlite::Database& database, const std::string& name);
/// New where it has no id, which it then has. Its list is read at the next refresh, though it may not have
/// changed: what is taken of it may have.
void save_account(sqlite::Database& database, model::Account& account);
/// With its streams. False: there is none.
bool erase_account(sqlite::Database& database, model::AccountId id);

[[nodiscard]] RefreshState load_account_state(sqlite::Database& database, model::AccountId id);
void save_account_state(sqlite::Database& database, model::AccountId id, const RefreshState& state);

/// In the order in which they are tried.
[[nodiscard]] std::vector<model::Login> load_logins(sqlite::Database& database, model::AccountId account);
[[nodiscard]] std::optional<model::Login> find_login(sqlite::Database& database, model::LoginId id);
void save_login(sqlite::Database& database, model::Login& login); // as save_account; a new one is tried last
bool erase_login(sqlite::Database& database, model::LoginId id);

} // namespace relevo::store
