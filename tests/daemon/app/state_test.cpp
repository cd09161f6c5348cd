// SPDX-License-Identifier: LGPL-2.1-or-later
#include "app/state.hpp"
#include "temporary_folder.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

using namespace relevo;
using app::State;

namespace {

const Log kSilent(LogLevel::Error, [](LogLevel, std::string_view) {});

} // namespace

TEST_CASE("a folder is made, and belongs to one") {
  const test::TemporaryFolder folder;
  const auto path = folder.file("a/b");
  std::string installation;
  {
    const auto state = State::open(path, kSilent);
    REQUIRE_MESSAGE(state, state.error().message);
    CHECK(std::filesystem::exists(state->database()));
    CHECK(std::filesystem::is_empty(state->temporary_folder()));
    installation = state->installation();
    CHECK(installation.size() == 36);
    std::ofstream(state->temporary_folder() + "/left") << "x";
    const auto second = State::open(path, kSilent);
    REQUIRE_FALSE(second);
    CHECK(second.error().message == "another relevod uses " + path);
  }
  const auto again = State::open(path, kSilent);
  REQUIRE(again);
  CHECK(again->installation() == installation);
  CHECK(State::open(folder.file("other"), kSilent)->installation() != installation);
  CHECK(std::filesystem::is_empty(again->temporary_folder()));
}

TEST_CASE("what cannot be a state is named") {
  const test::TemporaryFolder folder;
  std::ofstream(folder.file("file")) << "x";
  const auto state = State::open(folder.file("file/x"), kSilent);
  REQUIRE_FALSE(state);
  CHECK(state.error().message == "cannot make " + folder.file("file/x") + ": Not a directory");
}

TEST_CASE("where it is when nobody says") {
  const auto with = [](const char* own, const char* of_user, const char* home) {
    const auto set = [](const char* name, const char* value) {
      if (value)
        ::setenv(name, value, 1);
      else
        ::unsetenv(name);
    };
    set("STATE_DIRECTORY", own);
    set("XDG_STATE_HOME", of_user);
    set("HOME", home);
    return app::state_folder();
  };
  CHECK(with("/var/lib/relevo", "/state", "/home/joe") == "/var/lib/relevo");
  CHECK(with(nullptr, "/state", "/home/joe") == "/state/relevo");
  CHECK(with(nullptr, nullptr, "/home/joe") == "/home/joe/.local/state/relevo");
  CHECK(with(nullptr, nullptr, nullptr).empty());
}
