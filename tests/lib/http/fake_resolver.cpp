// SPDX-License-Identifier: LGPL-2.1-or-later
#include "fake_resolver.hpp"

#include "gx/ref.hpp"

#include <algorithm>
#include <gio/gio.h>
#include <string>
#include <string_view>

namespace {

struct FakeResolver {
  GResolver parent;
};
struct FakeResolverClass {
  GResolverClass parent;
};

GType fake_resolver_get_type();
G_DEFINE_TYPE(FakeResolver, fake_resolver, G_TYPE_RESOLVER)

void free_addresses(gpointer addresses) {
  g_resolver_free_addresses(static_cast<GList*>(addresses));
}

void on_cancelled(GCancellable*, gpointer task) {
  g_task_return_error_if_cancelled(G_TASK(task));
}

/// Called once the cancellation has run its handlers: a GTask must not be finished from inside one that holds
/// a lock.
void wait_for_cancellation(GTask* task) {
  auto* source = g_cancellable_source_new(g_task_get_cancellable(task));
  const auto fire = [](GCancellable* cancellable, gpointer data) noexcept -> gboolean {
    on_cancelled(cancellable, data);
    return G_SOURCE_REMOVE;
  };
  GSourceFunc callback = G_SOURCE_FUNC(static_cast<gboolean (*)(GCancellable*, gpointer) noexcept>(fire));
  g_source_set_callback(source, callback, g_object_ref(task), g_object_unref);
  g_source_attach(source, g_task_get_context(task));
  g_source_unref(source);
}

/// The first label may say which address: "at-127-0-0-9.test".
GInetAddress* address_of(std::string_view name) {
  constexpr std::string_view kStart = "at-";
  if (!name.starts_with(kStart)) return g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
  std::string text(name.substr(kStart.size(), name.find('.') - kStart.size()));
  std::replace(text.begin(), text.end(), '-', '.');
  return g_inet_address_new_from_string(text.c_str());
}

GList* lookup(GResolver*, const gchar* hostname, GCancellable*, GError** error) {
  const std::string_view name = hostname;
  if (name.ends_with(".test")) return g_list_append(nullptr, address_of(name));
  g_set_error(error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "%s: no such name", hostname);
  return nullptr;
}

void lookup_async(GResolver* resolver, const gchar* hostname, GResolverNameLookupFlags flags,
                  GCancellable* cancellable, GAsyncReadyCallback callback, gpointer user_data) {
  const auto task = relevo::gx::Ref<GTask>::adopt(g_task_new(resolver, cancellable, callback, user_data));
  const std::string_view name = hostname;
  if (name == "slow.test") return wait_for_cancellation(task.get());
  if (!name.ends_with(".test") || (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0) {
    g_task_return_new_error(task.get(), G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "%s: no such name",
                            hostname);
    return;
  }
  g_task_return_pointer(task.get(), g_list_append(nullptr, address_of(name)), &free_addresses);
}

GList* lookup_finish(GResolver*, GAsyncResult* result, GError** error) {
  return static_cast<GList*>(g_task_propagate_pointer(G_TASK(result), error));
}

void fake_resolver_init(FakeResolver*) {}

void fake_resolver_class_init(FakeResolverClass* klass) {
  klass->parent.lookup_by_name = &lookup;
  klass->parent.lookup_by_name_with_flags_async = &lookup_async;
  klass->parent.lookup_by_name_with_flags_finish = &lookup_finish;
}

} // namespace

namespace relevo::http::test {

void install_fake_resolver() {
  const auto resolver =
      gx::Ref<GResolver>::adopt(static_cast<GResolver*>(g_object_new(fake_resolver_get_type(), nullptr)));
  g_resolver_set_default(resolver.get());
}

} // namespace relevo::http::test
