// SPDX-License-Identifier: LGPL-2.1-or-later
// What every element of the plugin says of itself: to gst-inspect-1.0, to applications, to those who debug.
#include "gst/pipeline.hpp"
#include "gx/handle.hpp"

#include <doctest/doctest.h>
#include <functional>
#include <string_view>

using namespace relevo;
using namespace relevo::test;

namespace {

using FeatureList = gx::Handle<GList, gst_plugin_feature_list_free>;

void for_each_element(const std::function<void(GstElementFactory*, GstElement*)>& look) {
  init_gstreamer();
  const FeatureList features(gst_registry_get_feature_list_by_plugin(gst_registry_get(), "relevo"));
  REQUIRE(features);
  for (const GList* item = features.get(); item; item = item->next) {
    auto* factory = GST_ELEMENT_FACTORY(item->data);
    CAPTURE(std::string(GST_OBJECT_NAME(factory)));
    const auto element = gx::Ref<GstElement>::sink(gst_element_factory_create(factory, nullptr));
    REQUIRE(element);
    look(gst_element_get_factory(element.get()), element.get());
  }
}

void for_each_property(GstElement* element, const std::function<void(GParamSpec*)>& look) {
  guint count = 0;
  const gx::Handle<GParamSpec*, g_free> specs(
      g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count));
  for (guint i = 0; i < count; ++i) {
    GParamSpec* spec = specs.get()[i];
    CAPTURE(std::string(spec->name));
    if (spec->owner_type == G_OBJECT_TYPE(element)) look(spec);
  }
}

bool is_sentence(const gchar* text) {
  return text && std::string_view(text).find(' ') != std::string_view::npos;
}

} // namespace

TEST_CASE("every element says what it is, and brings or takes transport streams") {
  for_each_element([](GstElementFactory* factory, GstElement*) {
    for (const char* key : {GST_ELEMENT_METADATA_LONGNAME, GST_ELEMENT_METADATA_DESCRIPTION,
                            GST_ELEMENT_METADATA_KLASS, GST_ELEMENT_METADATA_AUTHOR}) {
      const gchar* text = gst_element_factory_get_metadata(factory, key);
      CHECK_MESSAGE((text && *text), key);
    }
    const GList* templates = gst_element_factory_get_static_pad_templates(factory);
    REQUIRE(templates);
    const auto* pad = static_cast<const GstStaticPadTemplate*>(templates->data);
    CHECK(std::string_view(pad->static_caps.string).starts_with("video/mpegts"));
  });
}

TEST_CASE("every property is explained, and holds its default") {
  for_each_element([](GstElementFactory*, GstElement* element) {
    for_each_property(element, [element](GParamSpec* spec) {
      CHECK_FALSE(std::string_view(g_param_spec_get_nick(spec)).empty());
      CHECK(is_sentence(g_param_spec_get_blurb(spec)));
      if (!(spec->flags & G_PARAM_READABLE) || G_IS_PARAM_SPEC_BOXED(spec)) return;
      GValue value = G_VALUE_INIT;
      g_object_get_property(G_OBJECT(element), spec->name, &value);
      CHECK(G_VALUE_HOLDS(&value, spec->value_type));
      if (!GST_IS_PARAM_SPEC_ARRAY_LIST(spec)) CHECK(g_param_value_defaults(spec, &value));
      g_value_unset(&value);
    });
  });
}

TEST_CASE("every element has statistics, also before it plays") {
  for_each_element([](GstElementFactory*, GstElement* element) {
    GstStructure* stats = nullptr;
    g_object_get(element, "stats", &stats, nullptr);
    const gx::Handle<GstStructure, gst_structure_free> owned(stats);
    CHECK(owned);
  });
}

TEST_CASE("every element logs under its own name") {
  for_each_element([](GstElementFactory* factory, GstElement*) {
    const std::string name = GST_OBJECT_NAME(factory);
    bool found = false;
    const gx::Handle<GSList, g_slist_free> categories(gst_debug_get_all_categories());
    for (const GSList* item = categories.get(); item; item = item->next)
      found |= gst_debug_category_get_name(static_cast<GstDebugCategory*>(item->data)) == name;
    CHECK(found);
  });
}
