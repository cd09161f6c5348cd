// SPDX-License-Identifier: LGPL-2.1-or-later
// Login: one way into the account that a playlist belongs to.
#pragma once

#include "base/result.hpp"
#include "gstx/property.hpp"
#include "gx/regex.hpp"
#include "policy/replacement.hpp"

#include <gst/gst.h>
#include <optional>
#include <string>
#include <vector>

namespace relevo::m3uprofilesel {

/// As the application describes it.
struct LoginSpec {
  std::string name;    // "": its number in the list, from 1
  std::string search;  // regular expression over the address of an entry; "": the address stays as it is
  std::string replace; // what takes the place of each match
  unsigned limit = 0;  // connections at a time; 0: any number
  std::string user_agent;
  gstx::Pairs headers;
};

/// Fields as the members, with '-' for '_'. What is of another type or unknown is left aside.
[[nodiscard]] LoginSpec parse_login(const GstStructure* structure);
[[nodiscard]] GstStructure* make_structure(const LoginSpec& login); // transfer full

class Login {
 public:
  [[nodiscard]] const LoginSpec& spec() const noexcept { return spec_; }

  /// The address for this login; empty where its pattern does not match, which would make it that of another.
  [[nodiscard]] Result<std::optional<std::string>> rewrite(const std::string& url) const;

 private:
  friend Result<std::vector<Login>> make_logins(const std::vector<LoginSpec>& specs);
  [[nodiscard]] std::optional<Error> compile();

  LoginSpec spec_;
  std::optional<gx::Regex> search_;
  std::optional<policy::Replacement> replace_;
};

/// One without limits where there is none. An error says what is wrong with which.
[[nodiscard]] Result<std::vector<Login>> make_logins(const std::vector<LoginSpec>& specs);

} // namespace relevo::m3uprofilesel
