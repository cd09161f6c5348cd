// SPDX-License-Identifier: LGPL-2.1-or-later
// Properties as applications see them, through an element that has one of each type.
#include "gstx/element.hpp"
#include "gstx/ref.hpp"
#include "gx/guarded.hpp"
#include "gx/handle.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::gstx;
using std::chrono::milliseconds;

namespace {

enum class Rhythm { Slow = 1, Fast = 3 };

GType rhythm_type() {
  static const GEnumValue kValues[] = {{1, "Slow", "slow"}, {3, "Fast", "fast"}, {0, nullptr, nullptr}};
  static const GType type = g_enum_register_static("RelevoTestRhythm", kValues);
  return type;
}

struct Settings {
  std::string text = "preset";
  std::string bare;
  bool flag = true;
  std::uint32_t count = 7;
  std::uint64_t size = 5'000'000'000;
  double share = 0.5;
  milliseconds patience{1500};
  Pairs headers;
  std::vector<std::string> list;
  Rhythm rhythm = Rhythm::Fast;
};

class Probe {
 public:
  using Parent = GstElement;
  using ParentClass = GstElementClass;
  static constexpr const char* kTypeName = "RelevoTestProbe";
  static GType parent_type() { return GST_TYPE_ELEMENT; }
  static void set_up(GstElementClass* klass) {
    gst_element_class_set_static_metadata(klass, "Probe", "Test", "Has properties", "Relevo");
  }
  static const Properties<Settings>& properties() {
    using enum Mutable;
    static const Properties<Settings> table{
        property({"text", "Text", "A text"}, &Settings::text, Ready),
        property({"bare", "Bare", "A text without a default"}, &Settings::bare, Playing),
        property({"flag", "Flag", "Yes or no"}, &Settings::flag, Ready),
        property({"count", "Count", "A number"}, &Settings::count, Playing, Range<std::uint32_t>{1, 10}),
        property({"size", "Size", "A large number"}, &Settings::size, Ready),
        property({"share", "Share", "A part"}, &Settings::share, Ready, Range<double>{0, 1}),
        property({"patience", "Patience", "A time"}, &Settings::patience, Ready),
        property({"headers", "Headers", "Pairs"}, &Settings::headers, Ready),
        property({"list", "List", "Texts"}, &Settings::list, Playing),
        choice({"rhythm", "Rhythm", "One of several"}, rhythm_type, &Settings::rhythm, Ready),
    };
    return table;
  }

  explicit Probe(GstElement*) {}
  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }
  [[nodiscard]] Structure stats() { return std::move(Structure("probe-stats").set("changes", changes_)); }
  void settings_changed(std::string_view name) {
    ++changes_;
    last_ = name;
  }
  [[nodiscard]] const std::string& last() const { return last_; }

 private:
  gx::Guarded<Settings> settings_;
  std::uint32_t changes_ = 0;
  std::string last_;
};

using Type = ElementType<Probe>;

gx::Ref<GstElement> make_probe() {
  gst_init(nullptr, nullptr);
  return gx::Ref<GstElement>::sink(static_cast<GstElement*>(g_object_new(Type::get(), nullptr)));
}

Settings settings_of(const gx::Ref<GstElement>& probe) {
  return *Type::of(probe.get()).settings().lock();
}

std::string shown(const gx::Ref<GstElement>& probe, const char* name) {
  GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(probe.get()), name);
  REQUIRE(spec);
  GValue value = G_VALUE_INIT;
  g_value_init(&value, spec->value_type);
  g_object_get_property(G_OBJECT(probe.get()), name, &value);
  const gx::CString text(gst_value_serialize(&value));
  g_value_unset(&value);
  return text ? text.get() : "(none)";
}

/// `text` as gst-launch-1.0 takes it.
void set(const gx::Ref<GstElement>& probe, const char* name, const char* text) {
  gst_util_set_object_arg(G_OBJECT(probe.get()), name, text);
}

} // namespace

TEST_CASE("a property of each type has its default, takes what is set, and shows it") {
  struct Row {
    const char* name;
    std::string preset;
    const char* given;
    std::string read;
    GParamFlags until;
  };
  constexpr auto kReady = static_cast<GParamFlags>(GST_PARAM_MUTABLE_READY);
  constexpr auto kPlaying = static_cast<GParamFlags>(GST_PARAM_MUTABLE_PLAYING);
  const auto probe = make_probe();
  for (const Row& row : {
           Row{"text", "preset", "other", "other", kReady},
           {"bare", "\"\"", "x", "x", kPlaying},
           {"flag", "true", "false", "false", kReady},
           {"count", "7", "3", "3", kPlaying},
           {"size", "5000000000", "6000000000", "6000000000", kReady},
           {"share", "0.5", "0.25", "0.25", kReady},
           {"patience", "1500", "250", "250", kReady},
           {"headers", R"("pairs\;")", "any,Referer=http://a/,X-Name=b;",
            R"("pairs\,\ Referer\=\(string\)http://a/\,\ X-Name\=\(string\)b\;")", kReady},
           {"list", "<  >", "<http://a/1,b>", "< (string)http://a/1, (string)b >", kPlaying},
           {"rhythm", "fast", "slow", "slow", kReady},
       }) {
    CAPTURE(row.name);
    CHECK(shown(probe, row.name) == row.preset);
    set(probe, row.name, row.given);
    CHECK(shown(probe, row.name) == row.read);
    CHECK(Type::of(probe.get()).last() == row.name);
    GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(probe.get()), row.name);
    CHECK((spec->flags & G_PARAM_READWRITE) == G_PARAM_READWRITE);
    CHECK((spec->flags & (GST_PARAM_MUTABLE_READY | GST_PARAM_MUTABLE_PLAYING)) == row.until);
    CHECK(*g_param_spec_get_nick(spec) != '\0');
    CHECK(*g_param_spec_get_blurb(spec) != '\0');
  }
  const Settings now = settings_of(probe);
  CHECK(now.text == "other");
  CHECK(now.bare == "x");
  CHECK_FALSE(now.flag);
  CHECK(now.count == 3);
  CHECK(now.size == 6'000'000'000);
  CHECK(now.share == 0.25);
  CHECK(now.patience == milliseconds{250});
  CHECK(now.headers == Pairs{{"Referer", "http://a/"}, {"X-Name", "b"}});
  CHECK(now.list == std::vector<std::string>{"http://a/1", "b"});
  CHECK(now.rhythm == Rhythm::Slow);
}

TEST_CASE("the default that is told is the one that is there") {
  const auto probe = make_probe();
  guint count = 0;
  const gx::Handle<GParamSpec*, g_free> specs(
      g_object_class_list_properties(G_OBJECT_GET_CLASS(probe.get()), &count));
  for (guint i = 0; i < count; ++i) {
    GParamSpec* spec = specs.get()[i];
    if (spec->owner_type != Type::get() || G_IS_PARAM_SPEC_BOXED(spec)) continue;
    CAPTURE(spec->name);
    GValue value = G_VALUE_INIT;
    g_value_init(&value, spec->value_type);
    g_object_get_property(G_OBJECT(probe.get()), spec->name, &value);
    if (!GST_IS_PARAM_SPEC_ARRAY_LIST(spec)) CHECK(g_param_value_defaults(spec, &value));
    g_value_unset(&value);
  }
}

TEST_CASE("a number out of its range is not taken") {
  const auto probe = make_probe();
  g_object_set(probe.get(), "count", 0U, "share", 2.0, "patience", 4'000'000U, nullptr);
  const Settings now = settings_of(probe);
  CHECK(now.count == 7);
  CHECK(now.share == 0.5);
  CHECK(now.patience == milliseconds{1500});
  g_object_set(probe.get(), "count", 10U, "share", 1.0, "patience", 3'600'000U, nullptr);
  CHECK(settings_of(probe).patience == std::chrono::hours{1});
}

TEST_CASE("what is no text among pairs and lists is left aside, and nothing empties") {
  const auto probe = make_probe();
  set(probe, "headers", "any,Referer=http://a/,Count=(int)3;");
  CHECK(settings_of(probe).headers == Pairs{{"Referer", "http://a/"}});
  g_object_set(probe.get(), "headers", nullptr, "text", nullptr, nullptr);
  CHECK(settings_of(probe).headers.empty());
  CHECK(settings_of(probe).text.empty());

  GValue list = G_VALUE_INIT;
  g_value_init(&list, GST_TYPE_ARRAY);
  for (const char* text : {"a", static_cast<const char*>(nullptr), "b"}) {
    GValue item = G_VALUE_INIT;
    g_value_init(&item, G_TYPE_STRING);
    g_value_set_string(&item, text);
    gst_value_array_append_and_take_value(&list, &item);
  }
  g_object_set_property(G_OBJECT(probe.get()), "list", &list);
  g_value_unset(&list);
  CHECK(settings_of(probe).list == std::vector<std::string>{"a", "", "b"});
}

TEST_CASE("pairs keep their order") {
  Pairs pairs;
  GValue value = G_VALUE_INIT;
  g_value_init(&value, GST_TYPE_STRUCTURE);
  store(Pairs{{"b", "1"}, {"a", "2"}}, &value);
  load(&value, pairs);
  CHECK(pairs == Pairs{{"b", "1"}, {"a", "2"}});
  g_value_unset(&value);
}

TEST_CASE("statistics are there to be read, and not to be set") {
  const auto probe = make_probe();
  set(probe, "count", "2");
  GstStructure* stats = nullptr;
  g_object_get(probe.get(), "stats", &stats, nullptr);
  const gx::Handle<GstStructure, gst_structure_free> owned(stats);
  REQUIRE(stats);
  guint changes = 0;
  CHECK(gst_structure_get_uint(stats, "changes", &changes));
  CHECK(changes == 1);
  const GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(probe.get()), "stats");
  CHECK((spec->flags & G_PARAM_READWRITE) == G_PARAM_READABLE);
}
