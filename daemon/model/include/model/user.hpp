// SPDX-License-Identifier: LGPL-2.1-or-later
// Who may watch and who may rule: users, keys for programs, sessions of the web interface.
#pragma once

#include "model/account.hpp"

namespace relevo::model {

/// Each may what those before it may.
enum class Role {
  Viewer,        // watches
  Operator,      // says what plays, mends channels
  Administrator, // everything: accounts with their passwords, users, the configuration
};

struct User {
  UserId id{};
  std::string name{}; // upper and lower case are the same
  Role role = Role::Viewer;
  bool enabled = true;
  std::string password{};     // its hash; "": he cannot log in
  std::string stream_token{}; // what his players show
  int streams = 0;            // at once; 0: any number
  int priority = 0;           // where preempt is set: who has a higher one gets the connection
  std::optional<std::vector<ProfileId>>
      profiles{};                      // whose channels are all that he sees; empty: all channels
  std::vector<std::string> networks{}; // from where alone he may come; none: from anywhere

  bool operator==(const User&) const = default;
};

/// For a program.
struct ApiKey {
  ApiKeyId id{};
  std::string name{};
  Role role = Role::Viewer;
  std::string hash{}; // of the key, which nobody keeps
  Time made{};

  bool operator==(const ApiKey&) const = default;
};

/// Somebody who logged in with a browser.
struct WebSession {
  std::string hash{}; // of the token that his browser keeps
  UserId user{};
  Time made{};
  Time used{}; // last; may be some minutes behind

  bool operator==(const WebSession&) const = default;
};

} // namespace relevo::model
