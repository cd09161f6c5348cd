// SPDX-License-Identifier: LGPL-2.1-or-later
// The execsrc that make_source makes for URLs which only a program can read.
#include "gst/pipeline.hpp"
#include "gstx/make_source.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::test;

namespace {

std::string text_of(GstElement* element, const char* property) {
  gchar* value = nullptr;
  g_object_get(element, property, &value, nullptr);
  const gx::CString owned(value);
  return value ? value : "";
}

class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) { g_setenv(name, value, TRUE); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() { g_unsetenv(name_); }

 private:
  const char* name_;
};

} // namespace

TEST_CASE("our worker reads what nothing else can") {
  init_gstreamer();
  gstx::SourceRequest request;
  request.uri = "rtmp://host/app/stream";
  const auto plain = gstx::make_source(request).value();
  CHECK(text_of(plain.get(), "command") == RELEVO_WORKER " remux {streamUrl}");
  CHECK(text_of(plain.get(), "stream-url") == "rtmp://host/app/stream");

  request.uri = "rtsp://host/1";
  request.user_agent = "Player 1";
  request.headers = {{"Referer", "http://host/{userAgent}"}, {"X-Name", "a \"b\""}};
  request.proxy = "http://proxy:8080";
  const auto made = gstx::make_source(request).value();
  CHECK(text_of(made.get(), "command") == RELEVO_WORKER
        R"( remux --user-agent {userAgent} --header "Referer: http://host/\{userAgent}" )"
        R"(--header "X-Name: a \"b\"" {streamUrl})");
  CHECK(text_of(made.get(), "user-agent") == "Player 1");
  GstStructure* environment = nullptr;
  g_object_get(made.get(), "environment", &environment, nullptr);
  const gx::Handle<GstStructure, gst_structure_free> owned(environment);
  REQUIRE(environment);
  CHECK(gst_structure_get_string(environment, "http_proxy") == request.proxy);
  CHECK(gst_structure_get_string(environment, "https_proxy") == request.proxy);
}

TEST_CASE("the environment says where the worker is") {
  init_gstreamer();
  const Environment environment("RELEVO_WORKER", "/a folder/worker");
  gstx::SourceRequest request;
  request.uri = "rtsp://host/1";
  const auto made = gstx::make_source(request).value();
  CHECK(text_of(made.get(), "command") == R"("/a folder/worker" remux {streamUrl})");
}

TEST_CASE("a command of the user reads any URL") {
  init_gstreamer();
  gstx::SourceRequest request;
  request.uri = "http://host/1.ts";
  request.command = "cat {streamUrl}";
  const auto made = gstx::make_source(request).value();
  CHECK(text_of(made.get(), "command") == "cat {streamUrl}");
  CHECK(text_of(made.get(), "stream-url") == "http://host/1.ts");
}
