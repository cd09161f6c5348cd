// SPDX-License-Identifier: LGPL-2.1-or-later
#include "app/state.hpp"

#include "base/text.hpp"
#include "gx/handle.hpp"
#include "store/store.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <glib.h>
#include <sys/file.h>

namespace relevo::app {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string database_in(const std::string& folder) {
  return concat(folder, "/relevo.db");
}

std::string temporary_folder_in(const std::string& folder) {
  return concat(folder, "/tmp");
}

Result<gx::Descriptor> lock(const std::string& folder) {
  const auto file = concat(folder, "/lock");
  gx::Descriptor descriptor(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (descriptor.get() < 0) return fail(concat("cannot write ", file, ": ", std::strerror(errno)));
  if (::flock(descriptor.get(), LOCK_EX | LOCK_NB) != 0)
    return fail(errno == EWOULDBLOCK ? concat("another relevod uses ", folder)
                                     : concat("cannot lock ", file, ": ", std::strerror(errno)));
  return descriptor;
}

/// Made at the first start: the id of the device that this is for players.
Result<std::string> load_installation(const std::string& folder) {
  const auto file = concat(folder, "/installation");
  std::string text;
  if (std::ifstream(file) >> text) return text;
  text = gx::CString(g_uuid_string_random()).get();
  std::ofstream out(file);
  out << text << '\n';
  out.close();
  if (!out) return fail(concat("cannot write ", file, ": ", std::strerror(errno)));
  return text;
}

} // namespace

std::string state_folder() {
  // systemd's is the service's own.
  if (const auto own = variable("STATE_DIRECTORY"); !own.empty()) return own;
  if (const auto of_user = variable("XDG_STATE_HOME"); !of_user.empty()) return concat(of_user, "/relevo");
  if (const auto home = variable("HOME"); !home.empty()) return concat(home, "/.local/state/relevo");
  return {};
}

Result<State> State::open(std::string folder, const Log& log) {
  if (folder.empty()) folder = state_folder();
  if (folder.empty()) return fail("where is the state to be kept? (--state FOLDER)");
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(concat("cannot make ", folder, ": ", error.message()));
  auto held = lock(folder);
  if (!held) return tl::unexpected(held.error());
  const auto temporary = temporary_folder_in(folder);
  std::filesystem::remove_all(temporary, error);
  std::filesystem::create_directories(temporary, error);
  if (error) return fail(concat("cannot make ", temporary, ": ", error.message()));
  auto database = store::open(database_in(folder), log);
  if (!database) return tl::unexpected(database.error());
  auto installation = load_installation(folder);
  if (!installation) return tl::unexpected(installation.error());
  return State(std::move(folder), *std::move(installation), *std::move(held), *std::move(database));
}

std::string State::database() const {
  return database_in(folder_);
}

std::string State::uploads_folder() const {
  return concat(folder_, "/uploads");
}

std::string State::logos_folder() const {
  return concat(folder_, "/logos");
}

std::string State::temporary_folder() const {
  return temporary_folder_in(folder_);
}

} // namespace relevo::app
