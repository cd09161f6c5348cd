// SPDX-License-Identifier: LGPL-2.1-or-later
// The folder of state: one daemon has it.
#pragma once

#include "base/log.hpp"
#include "base/result.hpp"
#include "gx/descriptor.hpp"
#include "sqlite/database.hpp"

#include <string>

namespace relevo::app {

/// Where it is when nobody says: $STATE_DIRECTORY, or relevo in $XDG_STATE_HOME or ~/.local/state. "": none
/// of them is set.
[[nodiscard]] std::string state_folder();

/// Belongs to this process until it goes.
class State {
 public:
  /// Makes the folder and the database where they are not there, and brings the database to this version.
  /// `folder` "": state_folder(). The error says what is in the way.
  [[nodiscard]] static Result<State> open(std::string folder, const Log& log);

  [[nodiscard]] std::string database() const;
  /// A text that no other installation has; the same for as long as the folder is.
  [[nodiscard]] const std::string& installation() const noexcept { return installation_; }
  [[nodiscard]] std::string uploads_folder() const;
  [[nodiscard]] std::string logos_folder() const;
  /// Empty at the start.
  [[nodiscard]] std::string temporary_folder() const;

 private:
  State(std::string folder, std::string installation, gx::Descriptor lock, sqlite::Database database)
      : folder_(std::move(folder)),
        installation_(std::move(installation)),
        lock_(std::move(lock)),
        database_(std::move(database)) {}

  std::string folder_;
  std::string installation_;
  gx::Descriptor lock_;
  sqlite::Database database_; // while it is open, SQLite does not tidy up behind each of the others
};

} // namespace relevo::app
