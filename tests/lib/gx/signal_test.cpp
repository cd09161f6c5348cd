// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/cancel.hpp"
#include "gx/signal.hpp"

#include <doctest/doctest.h>
#include <memory>
#include <stdexcept>
#include <string>

using namespace relevo::gx;

namespace {

Ref<GSimpleAction> make_action() {
  return Ref<GSimpleAction>::adopt(g_simple_action_new("go", nullptr));
}

void activate(const Ref<GSimpleAction>& action) {
  g_action_activate(G_ACTION(action.get()), nullptr);
}

} // namespace

TEST_CASE("a handler lives as long as its connection") {
  const auto action = make_action();
  const auto held = std::make_shared<int>(0);
  {
    const auto connection =
        SignalConnection::connect<void(GVariant*)>(action.get(), "activate", [held](GVariant*) { ++*held; });
    CHECK(held.use_count() == 2);
    CHECK(G_OBJECT(action.get())->ref_count == 2);
    activate(action);
  }
  CHECK(held.use_count() == 1);
  CHECK(G_OBJECT(action.get())->ref_count == 1);
  activate(action);
  CHECK(*held == 1);
}

TEST_CASE("moving a connection moves the handler, and assigning ends the old one") {
  const auto action = make_action();
  int first = 0;
  int second = 0;
  auto a = SignalConnection::connect<void(GVariant*)>(action.get(), "activate", [&](GVariant*) { ++first; });
  auto b = std::move(a);
  activate(action);
  CHECK(first == 1);
  b = SignalConnection::connect<void(GVariant*)>(action.get(), "activate", [&](GVariant*) { ++second; });
  activate(action);
  CHECK(first == 1);
  CHECK(second == 1);
  b.reset();
  activate(action);
  CHECK(second == 1);
}

TEST_CASE("a handler's value goes back to the emitter") {
  const auto type = G_TYPE_OBJECT;
  const auto signal = g_signal_new("relevo-test-ask", type, G_SIGNAL_RUN_LAST, 0, nullptr, nullptr, nullptr,
                                   G_TYPE_BOOLEAN, 1, G_TYPE_INT);
  const auto object = Ref<GObject>::adopt(G_OBJECT(g_object_new(type, nullptr)));
  const auto connection = SignalConnection::connect<gboolean(gint)>(
      object.get(), "relevo-test-ask", [](gint n) -> gboolean { return n == 7; });
  gboolean answer = FALSE;
  g_signal_emit(object.get(), signal, 0, 7, &answer);
  CHECK(answer == TRUE);
  g_signal_emit(object.get(), signal, 0, 8, &answer);
  CHECK(answer == FALSE);
}

TEST_CASE("an exception ends at the C boundary, and is reported") {
  const auto action = make_action();
  const auto connection = SignalConnection::connect<void(GVariant*)>(
      action.get(), "activate", [](GVariant*) { throw std::runtime_error("boom"); });
  g_test_expect_message("relevo", G_LOG_LEVEL_WARNING, "signal: uncaught exception: boom");
  activate(action);
  g_test_assert_expected_messages();
}

TEST_CASE("copies of a token are one wish") {
  CancelToken mine;
  const CancelToken theirs = mine;
  CHECK_FALSE(theirs.cancelled());
  mine.cancel();
  CHECK(theirs.cancelled());
  CHECK(g_cancellable_is_cancelled(theirs.get()));
}
