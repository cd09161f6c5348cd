// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/devices.hpp"

#include "store/store.hpp"
#include "store/users.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Device;
using model::Time;
using std::chrono::seconds;

namespace {

model::UserId make_user(sqlite::Database& database, const std::string& name) {
  model::User user;
  user.name = name;
  user.stream_token = name;
  store::save_user(database, user);
  return user.id;
}

} // namespace

TEST_CASE("a box is kept as it is, and goes with its user") {
  auto database = *store::open_in_memory();
  const auto ann = make_user(database, "Ann"), bob = make_user(database, "Bob");
  Device box{{}, "Kitchen", "00:1A:79:0B:0C:0D", ann, true, {}};
  Device other{{}, "bedroom", "00:1A:79:0B:0C:0E", bob, false, {}};
  store::save_device(database, box);
  store::save_device(database, other);
  CHECK(store::load_devices(database) == std::vector{other, box});
  store::use_device(database, box.id, Time(seconds(7)));
  box.mac = "00:1A:79:00:00:01";
  box.enabled = false;
  store::save_device(database, box);
  box.seen = Time(seconds(7));
  CHECK(store::find_device(database, box.id) == box);
  Device same{{}, "KITCHEN", "00:1A:79:00:00:02", ann, true, {}};
  CHECK_THROWS_AS(store::save_device(database, same), sqlite::Failure);
  store::erase_user(database, ann);
  CHECK(store::load_devices(database) == std::vector{other});
  CHECK(store::erase_device(database, other.id));
  CHECK_FALSE(store::erase_device(database, other.id));
}
