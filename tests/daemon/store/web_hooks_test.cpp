// SPDX-License-Identifier: LGPL-2.1-or-later
#include "store/store.hpp"
#include "store/web_hooks.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using model::Time;
using model::WebHook;
using std::chrono::seconds;

TEST_CASE("web-hooks are kept, with how the last delivery went") {
  auto database = *store::open_in_memory();
  WebHook hook;
  hook.url = "http://192.0.2.1/told";
  hook.kinds = {"switched", "alert-raised"};
  hook.secret = "s";
  store::save_web_hook(database, hook);
  CHECK(store::load_web_hooks(database) == std::vector{hook});

  store::save_delivery(database, hook.id, "HTTP status 500", Time(seconds(1)));
  hook.message = "HTTP status 500";
  CHECK(store::find_web_hook(database, hook.id) == hook);
  store::save_delivery(database, hook.id, "", Time(seconds(2)));
  hook.message = "";
  hook.delivered = Time(seconds(2));
  CHECK(store::find_web_hook(database, hook.id) == hook);
  store::save_delivery(database, hook.id, "refused", Time(seconds(3)));
  hook.message = "refused";

  hook.enabled = false;
  hook.kinds = {};
  store::save_web_hook(database, hook);
  CHECK(store::load_web_hooks(database) == std::vector{hook});
  CHECK(store::erase_web_hook(database, hook.id));
  CHECK_FALSE(store::erase_web_hook(database, hook.id));
  CHECK_FALSE(store::find_web_hook(database, hook.id));
}
