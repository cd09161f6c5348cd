// SPDX-License-Identifier: LGPL-2.1-or-later
// Properties: what an element can be told, as one table over a struct of its settings.
#pragma once

#include <chrono>
#include <concepts>
#include <functional>
#include <gst/gst.h>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::gstx {

/// Name and value of a header or of anything else that comes in pairs; order counts.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What people read about a property.
struct Words {
  const char* name;
  const char* nick;
  const char* blurb;
};

/// Until when a change of a property takes effect. Later ones count from the next start.
enum class Mutable { Ready, Playing };

[[nodiscard]] constexpr GParamFlags flags_of(Mutable until) noexcept {
  const auto mutability = until == Mutable::Ready ? GST_PARAM_MUTABLE_READY : GST_PARAM_MUTABLE_PLAYING;
  return static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | mutability);
}

template <class T>
struct Range {
  T least = std::numeric_limits<T>::min();
  T most = std::numeric_limits<T>::max();
};

// One pair of these for each C++ type that a setting can have.
void load(const GValue* value, std::string& to);
void load(const GValue* value, bool& to);
void load(const GValue* value, std::uint32_t& to);
void load(const GValue* value, std::uint64_t& to);
void load(const GValue* value, double& to);
void load(const GValue* value, std::chrono::milliseconds& to); // guint, as GStreamer's own `latency`
void load(const GValue* value, Pairs& to);                     // GstStructure; its name says nothing
void load(const GValue* value, std::vector<std::string>& to);  // GST_TYPE_ARRAY of strings
void store(const std::string& from, GValue* value);
void store(bool from, GValue* value);
void store(std::uint32_t from, GValue* value);
void store(std::uint64_t from, GValue* value);
void store(double from, GValue* value);
void store(std::chrono::milliseconds from, GValue* value);
void store(const Pairs& from, GValue* value);
void store(const std::vector<std::string>& from, GValue* value);

[[nodiscard]] GParamSpec* make_spec(const Words& words, const std::string& preset, Mutable until);
[[nodiscard]] GParamSpec* make_spec(const Words& words, bool preset, Mutable until);
[[nodiscard]] GParamSpec* make_spec(const Words& words, const Pairs& preset, Mutable until);
[[nodiscard]] GParamSpec* make_spec(const Words& words, const std::vector<std::string>& preset,
                                    Mutable until);
[[nodiscard]] GParamSpec* make_spec(const Words& words, std::uint32_t preset, Mutable until,
                                    Range<std::uint32_t> range = {});
[[nodiscard]] GParamSpec* make_spec(const Words& words, std::uint64_t preset, Mutable until,
                                    Range<std::uint64_t> range = {});
[[nodiscard]] GParamSpec* make_spec(const Words& words, double preset, Mutable until, Range<double> range);
/// In milliseconds, up to an hour.
[[nodiscard]] GParamSpec* make_spec(const Words& words, std::chrono::milliseconds preset, Mutable until);

template <class Settings>
struct Property {
  std::function<GParamSpec*()> make;
  std::function<void(const Settings&, GValue*)> get;
  std::function<void(Settings&, const GValue*)> set;
};

/// A property for one member; its default is what a fresh Settings holds. `range` for numbers.
template <class Settings, class T, class... R>
[[nodiscard]] Property<Settings> property(Words words, T Settings::*member, Mutable until, R... range) {
  return {
      [=] { return make_spec(words, Settings{}.*member, until, range...); },
      [=](const Settings& settings, GValue* value) { store(settings.*member, value); },
      [=](Settings& settings, const GValue* value) { load(value, settings.*member); },
  };
}

/// One of the values of a GEnum; `Settings` keeps it as the C++ enumeration T with the same numbers.
template <class Settings, class T>
requires std::is_enum_v<T>
[[nodiscard]] Property<Settings> choice(Words words, GType (*type)(), T Settings::*member, Mutable until) {
  return {
      [=] {
        return g_param_spec_enum(words.name, words.nick, words.blurb, type(),
                                 static_cast<gint>(Settings{}.*member), flags_of(until));
      },
      [=](const Settings& settings, GValue* value) {
        g_value_set_enum(value, static_cast<gint>(settings.*member));
      },
      [=](Settings& settings, const GValue* value) {
        settings.*member = static_cast<T>(g_value_get_enum(value));
      },
  };
}

template <class Settings>
class Properties {
 public:
  Properties(std::initializer_list<Property<Settings>> entries) : entries_(entries) {}

  [[nodiscard]] guint size() const noexcept { return static_cast<guint>(entries_.size()); }
  /// Ids count from 1; returns the first that is free.
  guint install(GObjectClass* klass) const {
    guint id = 1;
    for (const auto& entry : entries_)
      g_object_class_install_property(klass, id++, entry.make());
    return id;
  }
  void set(Settings& settings, guint id, const GValue* value) const { entries_[id - 1].set(settings, value); }
  void get(const Settings& settings, guint id, GValue* value) const { entries_[id - 1].get(settings, value); }

 private:
  std::vector<Property<Settings>> entries_;
};

/// The read-only property `stats`.
void install_stats(GObjectClass* klass, guint id);

} // namespace relevo::gstx
