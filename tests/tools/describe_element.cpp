// SPDX-License-Identifier: LGPL-2.1-or-later
// Describes one element of the loaded plugin as Markdown: its pads, properties, signals. Usage:
// describe-element NAME
#include "gstx/ref.hpp"
#include "gx/handle.hpp"

#include <gst/gst.h>
#include <iostream>
#include <string>

using namespace relevo;

namespace {

/// What a table cell can hold.
std::string cell(const char* text) {
  std::string out;
  for (const char* c = text ? text : ""; *c != '\0'; ++c)
    out += *c == '|' ? std::string("\\|") : std::string(1, *c);
  return out;
}

std::string default_of(GParamSpec* spec) {
  if (!(spec->flags & G_PARAM_WRITABLE)) return "read only";
  const GValue* value = g_param_spec_get_default_value(spec);
  if (G_IS_PARAM_SPEC_STRING(spec)) {
    const gchar* text = g_value_get_string(value);
    return text && *text ? text : "empty";
  }
  if (G_IS_PARAM_SPEC_ENUM(spec)) {
    const GEnumValue* nick = g_enum_get_value(G_PARAM_SPEC_ENUM(spec)->enum_class, g_value_get_enum(value));
    return nick ? nick->value_nick : "";
  }
  if (G_IS_PARAM_SPEC_BOXED(spec) || GST_IS_PARAM_SPEC_ARRAY_LIST(spec)) return "empty";
  const gx::CString text(gst_value_serialize(value));
  return text ? text.get() : "";
}

std::string type_of(GParamSpec* spec) {
  if (!G_IS_PARAM_SPEC_ENUM(spec))
    return G_PARAM_SPEC_TYPE(spec) == GST_TYPE_PARAM_ARRAY_LIST ? "array" : g_type_name(spec->value_type);
  std::string out;
  const GEnumClass* klass = G_PARAM_SPEC_ENUM(spec)->enum_class;
  for (guint i = 0; i < klass->n_values; ++i)
    out += (i ? ", " : "") + std::string(klass->values[i].value_nick);
  return out;
}

const char* mutability_of(GParamSpec* spec) {
  if (!(spec->flags & G_PARAM_WRITABLE)) return "";
  return spec->flags & GST_PARAM_MUTABLE_PLAYING ? "any time" : "until READY";
}

void describe_pads(GstElementFactory* factory) {
  std::cout << "## Pads\n\n";
  for (const GList* item = gst_element_factory_get_static_pad_templates(factory); item; item = item->next) {
    const auto* pad = static_cast<const GstStaticPadTemplate*>(item->data);
    std::cout << "- `" << pad->name_template << "` (" << (pad->direction == GST_PAD_SRC ? "source" : "sink")
              << "): `" << pad->static_caps.string << "`\n";
  }
}

void describe_properties(GObjectClass* klass, GType own) {
  guint count = 0;
  const gx::Handle<GParamSpec*, g_free> specs(g_object_class_list_properties(klass, &count));
  std::cout << "\n## Properties\n\n| name | type | default | may change | |\n|---|---|---|---|---|\n";
  for (guint i = 0; i < count; ++i) {
    GParamSpec* spec = specs.get()[i];
    if (spec->owner_type != own) continue;
    std::cout << "| `" << spec->name << "` | " << type_of(spec) << " | " << cell(default_of(spec).c_str())
              << " | " << mutability_of(spec) << " | " << cell(g_param_spec_get_blurb(spec)) << " |\n";
  }
}

void describe_signals(GType own) {
  guint count = 0;
  const gx::Handle<guint, g_free> ids(g_signal_list_ids(own, &count));
  if (count == 0) return;
  std::cout << "\n## Signals\n\n| name | arguments | returns | |\n|---|---|---|---|\n";
  for (guint i = 0; i < count; ++i) {
    GSignalQuery query;
    g_signal_query(ids.get()[i], &query);
    std::string arguments;
    for (guint n = 0; n < query.n_params; ++n)
      arguments += (n ? ", " : "") + std::string(g_type_name(query.param_types[n]));
    std::cout << "| `" << query.signal_name << "` | " << arguments << " | " << g_type_name(query.return_type)
              << " | " << (query.signal_flags & G_SIGNAL_ACTION ? "action, emitted by the application" : "")
              << " |\n";
  }
}

} // namespace

int main(int argc, char** argv) {
  gst_init(&argc, &argv);
  if (argc != 2) return std::cerr << "Usage: describe-element NAME\n", 2;
  const auto element = gx::Ref<GstElement>::sink(gst_element_factory_make(argv[1], nullptr));
  if (!element) return std::cerr << "no element " << argv[1] << '\n', 1;
  GstElementFactory* factory = gst_element_get_factory(element.get());
  const GType own = G_OBJECT_TYPE(element.get());
  const auto words = [factory](const char* key) { return gst_element_factory_get_metadata(factory, key); };
  std::cout << words(GST_ELEMENT_METADATA_DESCRIPTION) << ".\n\nClass: " << words(GST_ELEMENT_METADATA_KLASS)
            << "\n\n";
  describe_pads(factory);
  describe_properties(G_OBJECT_GET_CLASS(element.get()), own);
  describe_signals(own);
}
