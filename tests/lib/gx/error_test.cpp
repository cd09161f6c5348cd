// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gx/error.hpp"
#include "gx/handle.hpp"

#include <doctest/doctest.h>
#include <gio/gio.h>

using namespace relevo;
using namespace relevo::gx;

TEST_CASE("a GlibError holds what the last call left") {
  GlibError error;
  CHECK_FALSE(error);
  CHECK(error.text().empty());

  g_set_error(error.out(), G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no %s", "such thing");
  CHECK(error);
  CHECK(error.is(G_IO_ERROR));
  CHECK(error.is(G_IO_ERROR, G_IO_ERROR_NOT_FOUND));
  CHECK_FALSE(error.is(G_IO_ERROR, G_IO_ERROR_CANCELLED));
  CHECK_FALSE(error.is(G_RESOLVER_ERROR));

  const Result<int> result = error.fail("open");
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "open: no such thing");

  g_set_error(error.out(), G_IO_ERROR, G_IO_ERROR_FAILED, "other");
  CHECK(error.text() == "other");
  static_cast<void>(error.out());
  CHECK_FALSE(error);
}

TEST_CASE("a GlibError takes the error of a real call") {
  GlibError error;
  const Handle<GUri, g_uri_unref> uri(g_uri_parse("http://[", G_URI_FLAGS_NONE, error.out()));
  CHECK_FALSE(uri);
  CHECK(error.is(G_URI_ERROR));
}
