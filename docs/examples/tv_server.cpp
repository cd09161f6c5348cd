// SPDX-License-Identifier: LGPL-2.1-or-later
// A television server in a page: every client that connects becomes a viewer of one channel.
//
//   tv-server URI...     the sources of the channel, best first; prints its own address
#include <gio/gio.h>
#include <gst/gst.h>
#include <unistd.h>

namespace {

constexpr const char* kAnswer = "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\nConnection: close\r\n\r\n";

/// Whatever the client asks for, it is this channel. A server that has more to offer reads the request first.
gboolean on_connection(GSocketService*, GSocketConnection* connection, GObject*, gpointer sink) noexcept {
  // The element owns what it is given, and GIO its own: hence the duplicate.
  const int socket = dup(g_socket_get_fd(g_socket_connection_get_socket(connection)));
  GstStructure* options = gst_structure_new("viewer", "prefix", G_TYPE_STRING, kAnswer, "burst-time",
                                            G_TYPE_UINT, 3000U, nullptr);
  guint64 viewer = 0;
  g_signal_emit_by_name(sink, "add-viewer", socket, options, &viewer);
  gst_structure_free(options);
  g_print("viewer %" G_GUINT64_FORMAT " comes\n", viewer);
  return TRUE;
}

/// In the sending thread: nothing here may wait.
void on_viewer_gone(GstElement*, guint64 viewer, const gchar* reason, GstStructure*, gpointer) noexcept {
  g_print("viewer %" G_GUINT64_FORMAT " goes: %s\n", viewer, reason);
}

} // namespace

int main(int argc, char** argv) {
  gst_init(&argc, &argv);
  GstElement* pipeline = gst_parse_launch("failoversrc name=channel ! tsfanoutsink name=sink", nullptr);
  if (!pipeline || argc < 2) return 2;
  GstElement* channel = gst_bin_get_by_name(GST_BIN(pipeline), "channel");
  GstElement* sink = gst_bin_get_by_name(GST_BIN(pipeline), "sink");

  GValue uris = G_VALUE_INIT;
  g_value_init(&uris, GST_TYPE_ARRAY);
  for (int i = 1; i < argc; ++i) {
    GValue uri = G_VALUE_INIT;
    g_value_init(&uri, G_TYPE_STRING);
    g_value_set_string(&uri, argv[i]);
    gst_value_array_append_and_take_value(&uris, &uri);
  }
  g_object_set_property(G_OBJECT(channel), "uris", &uris);
  g_value_unset(&uris);
  g_signal_connect(sink, "viewer-gone", G_CALLBACK(on_viewer_gone), nullptr);
  gst_element_set_state(pipeline, GST_STATE_PLAYING);

  GSocketService* service = g_socket_service_new();
  const guint16 port = g_socket_listener_add_any_inet_port(G_SOCKET_LISTENER(service), nullptr, nullptr);
  g_signal_connect(service, "incoming", G_CALLBACK(on_connection), sink);
  g_print("http://127.0.0.1:%u/\n", port);
  g_main_loop_run(g_main_loop_new(nullptr, FALSE));
}
