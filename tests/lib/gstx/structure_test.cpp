// SPDX-License-Identifier: LGPL-2.1-or-later
#include "gstx/ref.hpp"
#include "gstx/structure.hpp"

#include <doctest/doctest.h>
#include <string_view>

using namespace relevo;
using namespace relevo::gstx;

TEST_CASE("each C++ type has its GType") {
  gst_init(nullptr, nullptr);
  Structure s("relevo-test");
  s.set("b", true).set("i", -1).set("u", 1U).set("l", std::int64_t{-1}).set("ul", std::uint64_t{1});
  s.set("d", 0.5).set("s", std::string("text")).set("c", "literal");
  const struct {
    const char* field;
    GType type;
  } kRows[] = {
      {"b", G_TYPE_BOOLEAN}, {"i", G_TYPE_INT},    {"u", G_TYPE_UINT},   {"l", G_TYPE_INT64},
      {"ul", G_TYPE_UINT64}, {"d", G_TYPE_DOUBLE}, {"s", G_TYPE_STRING}, {"c", G_TYPE_STRING},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.field);
    CHECK(gst_structure_get_field_type(s.get(), row.field) == row.type);
  }
  CHECK(gst_structure_n_fields(s.get()) == 8);
  CHECK(std::string_view(gst_structure_get_string(s.get(), "c")) == "literal");
  gint64 l = 0;
  REQUIRE(gst_structure_get_int64(s.get(), "l", &l));
  CHECK(l == -1);
}

TEST_CASE("text that is not UTF-8 is mended") {
  gst_init(nullptr, nullptr);
  Structure s("relevo-test");
  s.set("s", std::string("a\xff"));
  CHECK(std::string_view(gst_structure_get_string(s.get(), "s")) == "a\xef\xbf\xbd");
}

TEST_CASE("an element message reaches the bus with its values") {
  gst_init(nullptr, nullptr);
  const auto element = gx::Ref<GstElement>::sink(gst_bin_new("source"));
  const auto bus = gx::Ref<GstBus>::adopt(gst_bus_new());
  gst_element_set_bus(element.get(), bus.get());
  post_message(element.get(), std::move(Structure("relevo-test").set("n", 7)));

  const auto message = gx::Ref<GstMessage>::adopt(gst_bus_pop(bus.get()));
  REQUIRE(message);
  CHECK(GST_MESSAGE_TYPE(message.get()) == GST_MESSAGE_ELEMENT);
  CHECK(GST_MESSAGE_SRC(message.get()) == GST_OBJECT(element.get()));
  CHECK(gst_message_has_name(message.get(), "relevo-test"));
  int n = 0;
  CHECK(gst_structure_get_int(gst_message_get_structure(message.get()), "n", &n));
  CHECK(n == 7);
  gst_element_set_bus(element.get(), nullptr);
}

TEST_CASE("an element without a bus drops the message") {
  gst_init(nullptr, nullptr);
  const auto element = gx::Ref<GstElement>::sink(gst_bin_new(nullptr));
  post_message(element.get(), Structure("relevo-test"));
  CHECK(GST_OBJECT_REFCOUNT_VALUE(element.get()) == 1);
}
