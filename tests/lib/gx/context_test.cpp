// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/cancel.hpp"
#include "gx/context.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <unistd.h>

using namespace relevo::gx;
using namespace std::chrono_literals;

namespace {

Ref<GMainContext> make_context() {
  return Ref<GMainContext>::adopt(g_main_context_new());
}

void run_until(const Ref<GMainContext>& context, const bool& done) {
  while (!done)
    g_main_context_iteration(context.get(), TRUE);
}

bool run_pending(const Ref<GMainContext>& context) {
  bool any = false;
  while (g_main_context_iteration(context.get(), FALSE))
    any = true;
  return any;
}

} // namespace

TEST_CASE("after calls once, and is then no longer active") {
  const auto context = make_context();
  bool done = false;
  const auto source = Source::after(context.get(), 1ms, [&] { done = true; });
  CHECK(source.active());
  run_until(context, done);
  CHECK_FALSE(source.active());
}

TEST_CASE("every calls until its scope ends") {
  const auto context = make_context();
  int calls = 0;
  bool done = false;
  auto source = Source::every(context.get(), 1ms, [&] { done = ++calls == 3; });
  run_until(context, done);
  CHECK(source.active());
  source.reset();
  CHECK_FALSE(source.active());
  CHECK_FALSE(run_pending(context));
  CHECK(calls == 3);
}

// GLib's own source for this leaks itself when it goes while its cancellable is being cancelled.
TEST_CASE("a source may go while another thread cancels") {
  struct Held {
    std::promise<void> cancelling, gone;
  } held;
  const auto hold = [](GCancellable*, gpointer data) {
    static_cast<Held*>(data)->cancelling.set_value();
    static_cast<Held*>(data)->gone.get_future().wait_for(20ms);
  };
  const auto context = make_context();
  CancelToken token;
  g_cancellable_connect(token.get(), G_CALLBACK(+hold), &held, nullptr);
  auto source = Source::on_cancelled(context.get(), token.get(), [] {});
  std::thread canceller([&] { token.cancel(); });
  held.cancelling.get_future().wait();
  source.reset();
  held.gone.set_value();
  canceller.join();
  CHECK_FALSE(run_pending(context));
}

TEST_CASE("a source that went never calls, and lets go of its function") {
  const auto context = make_context();
  const auto held = std::make_shared<int>(0);
  {
    const auto source = Source::after(context.get(), 0ms, [held] { ++*held; });
    CHECK(held.use_count() == 2);
  }
  CHECK(held.use_count() == 1);
  run_pending(context);
  CHECK(*held == 0);
}

TEST_CASE("a source may end itself, and assigning ends the old one") {
  const auto context = make_context();
  bool done = false;
  Source source;
  source = Source::every(context.get(), 0ms, [&] {
    source.reset();
    done = true;
  });
  run_until(context, done);
  CHECK_FALSE(source.active());

  bool old_called = false;
  done = false;
  source = Source::after(context.get(), 0ms, [&] { old_called = true; });
  source = Source::after(context.get(), 0ms, [&] { done = true; });
  run_until(context, done);
  CHECK_FALSE(old_called);
}

TEST_CASE("a cancellation in another thread wakes the context") {
  const auto context = make_context();
  CancelToken token;
  bool done = false;
  const auto source = Source::on_cancelled(context.get(), token.get(), [&] { done = true; });
  const std::jthread other([token]() mutable { token.cancel(); });
  run_until(context, done);
  CHECK(token.cancelled());
}

TEST_CASE("post calls in the thread of the context, and never from within") {
  const auto context = make_context();
  bool done = false;
  std::thread::id called_in;
  post(context.get(), [&] { done = true; });
  CHECK_FALSE(done);
  run_until(context, done);

  done = false;
  const std::jthread other([&] {
    post(context.get(), [&, moved_only = std::make_unique<int>(1)] {
      called_in = std::this_thread::get_id();
      done = *moved_only == 1;
    });
  });
  run_until(context, done);
  CHECK(called_in == std::this_thread::get_id());
}

TEST_CASE("a post to a context that goes is dropped, not leaked") {
  const auto held = std::make_shared<int>(0);
  {
    const auto context = make_context();
    post(context.get(), [held] { ++*held; });
    CHECK(held.use_count() == 2);
  }
  CHECK(held.use_count() == 1);
  CHECK(*held == 0);
}

TEST_CASE("a signal calls each time it comes, until its source goes") {
  const auto context = make_context();
  int calls = 0;
  bool done = false;
  auto source = Source::on_signal(context.get(), SIGUSR1, [&] {
    ++calls;
    done = true;
  });
  for (int i = 0; i < 2; ++i) {
    done = false;
    CHECK(std::raise(SIGUSR1) == 0);
    run_until(context, done);
  }
  CHECK(calls == 2);
}

TEST_CASE("a hang-up is told once, when the reader has gone, and not before") {
  const auto context = make_context();
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  int calls = 0;
  bool done = false;
  const auto source = Source::on_hang_up(context.get(), ends[1], [&] {
    ++calls;
    done = true;
  });
  CHECK(::write(ends[1], "x", 1) == 1);
  run_pending(context);
  CHECK(calls == 0);
  ::close(ends[0]);
  run_until(context, done);
  run_pending(context);
  CHECK(calls == 1);
  CHECK_FALSE(source.active());
  ::close(ends[1]);
}

TEST_CASE("a descriptor calls as long as it is ready, until its source goes") {
  const auto context = make_context();
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  int calls = 0;
  bool done = false;
  auto source = Source::while_ready(context.get(), ends[0], G_IO_IN, [&] { done = ++calls == 2; });
  run_pending(context);
  CHECK(calls == 0);
  CHECK(::write(ends[1], "x", 1) == 1);
  run_until(context, done);
  source.reset();
  run_pending(context);
  CHECK(calls == 2);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_CASE("an exception in a source is reported and the source goes on") {
  const auto context = make_context();
  int calls = 0;
  bool done = false;
  const auto source = Source::every(context.get(), 0ms, [&] {
    done = ++calls == 2;
    throw std::runtime_error("boom");
  });
  g_test_expect_message("relevo", G_LOG_LEVEL_WARNING, "source: uncaught exception: boom");
  g_test_expect_message("relevo", G_LOG_LEVEL_WARNING, "source: uncaught exception: boom");
  run_until(context, done);
  g_test_assert_expected_messages();
}

TEST_CASE("ThreadDefault is the thread's default context for its scope") {
  const auto context = make_context();
  CHECK(g_main_context_get_thread_default() == nullptr);
  {
    const ThreadDefault scope(context.get());
    CHECK(g_main_context_get_thread_default() == context.get());
  }
  CHECK(g_main_context_get_thread_default() == nullptr);
}
