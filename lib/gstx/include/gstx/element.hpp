// SPDX-License-Identifier: LGPL-2.1-or-later
// ElementType: the GObject side of an element that is written as a C++ class.
#pragma once

#include "gstx/property.hpp"
#include "gstx/structure.hpp"
#include "gx/trampoline.hpp"

#include <cstddef>
#include <gst/gst.h>
#include <new>
#include <type_traits>

namespace relevo::gstx {

/// `Impl` is made when an instance is and destroyed with it. It says what it is by:
///
///     using Parent = GstPushSrc;                  // and
///     using ParentClass = GstPushSrcClass;
///     static constexpr const char* kTypeName = "RelevoTsHttpSrc";
///     static GType parent_type();
///     static void set_up(ParentClass* klass);     // metadata, pad templates, virtual functions
///     static const Properties<Settings>& properties();
///     gx::Guarded<Settings>& settings();
///     explicit Impl(Parent* element);
///
/// and, where it has them:
///
///     Structure stats();                          // becomes the property `stats`; from any thread
///     void settings_changed(std::string_view);    // a property was set; no lock is held
///     void dispose() noexcept;                    // breaks cycles, stops threads; may come twice
template <class Impl>
class ElementType {
  using Parent = typename Impl::Parent;
  using ParentClass = typename Impl::ParentClass;

 public:
  [[nodiscard]] static GType get() {
    static const GType type = make();
    return type;
  }
  [[nodiscard]] static Impl& of(gpointer instance) noexcept {
    return *std::launder(reinterpret_cast<Impl*>(static_cast<Instance*>(instance)->room));
  }
  /// For chaining up.
  [[nodiscard]] static ParentClass* parent_class() noexcept { return parent_class_; }

  [[nodiscard]] static bool register_in(GstPlugin* plugin, const char* name) {
    return gst_element_register(plugin, name, GST_RANK_NONE, get()) != FALSE;
  }

 private:
  struct Instance {
    Parent parent;
    alignas(Impl) std::byte room[sizeof(Impl)];
  };
  static_assert(alignof(Impl) <= alignof(std::max_align_t));
  static constexpr bool kHasStats = requires(Impl & impl) { impl.stats(); };

  static GType make() {
    const GTypeInfo info{.class_size = sizeof(ParentClass),
                         .base_init = nullptr,
                         .base_finalize = nullptr,
                         .class_init = &class_init,
                         .class_finalize = nullptr,
                         .class_data = nullptr,
                         .instance_size = sizeof(Instance),
                         .n_preallocs = 0,
                         .instance_init = &instance_init,
                         .value_table = nullptr};
    return g_type_register_static(Impl::parent_type(), Impl::kTypeName, &info, GTypeFlags(0));
  }

  static void class_init(gpointer klass, gpointer) noexcept {
    parent_class_ = static_cast<ParentClass*>(g_type_class_peek_parent(klass));
    auto* object = G_OBJECT_CLASS(klass);
    object->set_property = &set_property;
    object->get_property = &get_property;
    object->finalize = &finalize;
    if constexpr (requires(Impl & impl) { impl.dispose(); }) object->dispose = &dispose;
    const guint stats_id = Impl::properties().install(object);
    if constexpr (kHasStats) install_stats(object, stats_id);
    Impl::set_up(static_cast<ParentClass*>(klass));
  }

  static void instance_init(GTypeInstance* instance, gpointer) noexcept {
    new (reinterpret_cast<Instance*>(instance)->room) Impl(reinterpret_cast<Parent*>(instance));
  }

  static void finalize(GObject* object) noexcept {
    of(object).~Impl();
    G_OBJECT_CLASS(parent_class_)->finalize(object);
  }

  static void dispose(GObject* object) noexcept {
    if constexpr (requires(Impl & impl) { impl.dispose(); }) of(object).dispose();
    G_OBJECT_CLASS(parent_class_)->dispose(object);
  }

  static void set_property(GObject* object, guint id, const GValue* value, GParamSpec* spec) noexcept {
    gx::call_from_c("set_property", [&] {
      Impl& impl = of(object);
      Impl::properties().set(*impl.settings().lock(), id, value);
      if constexpr (requires { impl.settings_changed(std::string_view{}); })
        impl.settings_changed(g_param_spec_get_name(spec));
    });
  }

  static void get_property(GObject* object, guint id, GValue* value, GParamSpec*) noexcept {
    gx::call_from_c("get_property", [&] {
      Impl& impl = of(object);
      if constexpr (kHasStats) {
        if (id > Impl::properties().size()) return g_value_take_boxed(value, impl.stats().release());
      }
      Impl::properties().get(*impl.settings().lock(), id, value);
    });
  }

  static inline ParentClass* parent_class_ = nullptr;
};

} // namespace relevo::gstx
