// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gstx/source_failure.hpp"

#include "gstx/ref.hpp"
#include "gx/error.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::gstx;
using policy::Failure;

namespace {

/// An element, and the bus on which it speaks.
struct Speaker {
  Speaker() {
    gst_init(nullptr, nullptr);
    element = gx::Ref<GstElement>::sink(gst_bin_new("source"));
    bus = gx::Ref<GstBus>::adopt(gst_bus_new());
    gst_element_set_bus(element.get(), bus.get());
  }
  Speaker(const Speaker&) = delete;
  Speaker& operator=(const Speaker&) = delete;
  ~Speaker() { gst_element_set_bus(element.get(), nullptr); }

  [[nodiscard]] SourceFailure said() const {
    const auto message = gx::Ref<GstMessage>::adopt(gst_bus_pop(bus.get()));
    REQUIRE(message);
    return read_failure(message.get());
  }

  gx::Ref<GstElement> element;
  gx::Ref<GstBus> bus;
};

} // namespace

TEST_CASE("a failure of ours is read as it was posted") {
  const Speaker speaker;
  for (const SourceFailure& failure : {
           SourceFailure{Failure::Status, 403, "The provider answered 403", "GET /live"},
           {Failure::Dns, 0, "The name has no address", ""},
           {Failure::Truncated, 0, "It broke off", "recv"},
           {Failure::SlotRefused, 0, "No connection is free", ""},
           {Failure::NotTransportStream, 0, "It is a playlist", "", Form::Playlist},
           {Failure::NotTransportStream, 0, "It is MP4", "", Form::Container},
       }) {
    CAPTURE(failure.message);
    post_failure(speaker.element.get(), failure);
    const SourceFailure read = speaker.said();
    CHECK(read.kind == failure.kind);
    CHECK(read.status == failure.status);
    CHECK(read.message == failure.message);
    CHECK(read.form == failure.form);
  }
}

TEST_CASE("what an element of GStreamer says is told with its cause, and without secrets") {
  const Speaker speaker;
  GST_ELEMENT_ERROR(speaker.element.get(), RESOURCE, NOT_FOUND, (nullptr), ("No such file \"/a b.ts\""));
  const SourceFailure file = speaker.said();
  CHECK(file.kind == Failure::Refused);
  CHECK(file.message == "Resource not found. (No such file \"/a b.ts\")");

  GST_ELEMENT_ERROR(speaker.element.get(), RESOURCE, OPEN_READ, ("It cannot be opened"),
                    ("srt://joe:secret@host:1 is away"));
  const SourceFailure away = speaker.said();
  CHECK(away.kind == Failure::Refused);
  CHECK(away.message.starts_with("It cannot be opened ("));
  CHECK(away.message.find("secret") == std::string::npos);

  GST_ELEMENT_ERROR(speaker.element.get(), RESOURCE, READ, ("It cannot be read"), (nullptr));
  const SourceFailure bare = speaker.said();
  CHECK(bare.kind == Failure::Other);
  CHECK(bare.message == "It cannot be read");

  GST_ELEMENT_ERROR(speaker.element.get(), STREAM, WRONG_TYPE, ("No stream"), (nullptr));
  CHECK(speaker.said().kind == Failure::NotTransportStream);
}
