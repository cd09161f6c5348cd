// SPDX-License-Identifier: LGPL-2.1-or-later
// Which element reads which kind of URL.
#include "gstx/make_source.hpp"

#include "base/text.hpp"
#include "command/command_line.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"
#include "ip/reach.hpp"
#include "uri/redact.hpp"

#include <algorithm>
#include <optional>

namespace relevo::gstx {
namespace {

using Made = tl::expected<gx::Ref<GstElement>, SourceFailure>;

// Datagrams are lost where a burst does not fit: some hundred milliseconds of a channel do.
constexpr gint kSocketBuffer = 2 << 20;

tl::unexpected<SourceFailure> refuse(const std::string& message) {
  return tl::unexpected(SourceFailure{policy::Failure::Other, 0, message, {}});
}

Made make(const char* factory) {
  auto element = gx::Ref<GstElement>::sink(gst_element_factory_make(factory, nullptr));
  if (!element) return refuse(concat("The GStreamer element ", factory, " is not installed"));
  return element;
}

/// A property that this element may not have.
template <class T>
void set(GstElement* element, const char* property, const T& value) {
  GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(element), property);
  if (!spec) return;
  GValue holder = G_VALUE_INIT;
  g_value_init(&holder, G_PARAM_SPEC_VALUE_TYPE(spec));
  store(value, &holder);
  g_object_set_property(G_OBJECT(element), property, &holder);
  g_value_unset(&holder);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return g_ascii_tolower(c); });
  return out;
}

Form form_by_path(std::string_view uri) {
  const auto path = lower(uri.substr(0, uri.find_first_of("?#|")));
  if (path.ends_with(".m3u8") || path.ends_with(".m3u")) return Form::Playlist;
  return path.ends_with(".mpd") ? Form::Container : Form::TransportStream;
}

/// Where a URL of datagrams leads, or where they are awaited.
struct Endpoint {
  std::string host; // "": any address of this machine
  int port = 0;
};

/// Empty where the URL names no port, or none that there is.
std::optional<Endpoint> find_endpoint(const std::string& uri) {
  gchar* host = nullptr;
  int port = -1;
  const bool split = g_uri_split(uri.c_str(), G_URI_FLAGS_NONE, nullptr, nullptr, &host, &port, nullptr,
                                 nullptr, nullptr, nullptr) != FALSE;
  const gx::CString owned(host);
  if (!split || port <= 0) return std::nullopt;
  return Endpoint{host ? host : "", port};
}

tl::unexpected<SourceFailure> refuse_address(const std::string& uri) {
  return refuse("This address has no host and port, as in udp://239.1.2.3:5000: " + uri::redact_url(uri));
}

/// As udpsrc takes it: what does not fit, it leaves aside, and listens elsewhere.
std::string to_udp(const Endpoint& endpoint) {
  const std::string host = endpoint.host.empty() ? "0.0.0.0" : endpoint.host;
  const bool ipv6 = host.find(':') != std::string::npos;
  return concat("udp://", ipv6 ? "[" : "", host, ipv6 ? "]" : "", ':', endpoint.port);
}

/// `description` has a udpsrc named "udp".
Made make_udp(const SourceRequest& request, const char* description) {
  const auto endpoint = find_endpoint(request.uri);
  if (!endpoint) return refuse_address(request.uri);
  gx::GlibError error;
  auto bin = gx::Ref<GstElement>::sink(gst_parse_bin_from_description(description, TRUE, error.out()));
  if (!bin) return refuse("No stream over UDP can be read: " + error.text());
  const auto udp = gx::Ref<GstElement>::adopt(gst_bin_get_by_name(GST_BIN(bin.get()), "udp"));
  g_object_set(udp.get(), "uri", to_udp(*endpoint).c_str(), "buffer-size", kSocketBuffer, nullptr);
  return bin;
}

Made make_srt(const SourceRequest& request) {
  if (!find_endpoint(request.uri)) return refuse_address(request.uri);
  auto made = make("srtsrc");
  if (made) set(made->get(), "uri", request.uri);
  return made;
}

Made make_file(const SourceRequest& request) {
  const gx::CString path(g_filename_from_uri(request.uri.c_str(), nullptr, nullptr));
  if (!path) return refuse("This is no file: " + uri::redact_url(request.uri));
  auto made = make("filesrc");
  if (made) g_object_set(made->get(), "location", path.get(), "blocksize", 348U * 188, nullptr);
  return made;
}

Made make_command(const SourceRequest& request, const std::string& command) {
  auto made = make("execsrc");
  if (!made) return made;
  set(made->get(), "command", command);
  set(made->get(), "stream-url", request.uri);
  set(made->get(), "channel-id", request.channel_id);
  if (!request.proxy.empty())
    set(made->get(), "environment", Pairs{{"http_proxy", request.proxy}, {"https_proxy", request.proxy}});
  return made;
}

/// What our own worker makes a transport stream of. It is where it was installed; in a build folder the
/// environment says where.
std::string remux_command(const SourceRequest& request) {
  command::CommandLine line;
  const auto add = [&line](command::Part part) { line.arguments.push_back({std::move(part)}); };
  const char* worker = g_getenv("RELEVO_WORKER");
  add(worker ? worker : RELEVO_WORKER);
  add("remux");
  if (!request.user_agent.empty()) {
    add("--user-agent");
    add(command::Token::UserAgent);
  }
  if (!request.reach.empty()) {
    add("--reach");
    add(request.reach);
  }
  for (const auto& [name, value] : request.headers) {
    add("--header");
    add(concat(name, ": ", value));
  }
  add(command::Token::StreamUrl);
  return command::write_command(line);
}

Made make_http(const SourceRequest& request) {
  const Form form = request.form.value_or(form_by_path(request.uri));
  if (form == Form::Container) return make_command(request, remux_command(request));
  auto made = make(form == Form::Playlist ? "tshlssrc" : "tshttpsrc");
  if (made) set(made->get(), "location", request.uri);
  return made;
}

Made make_bare(const SourceRequest& request) {
  if (!request.command.empty()) return make_command(request, request.command);
  const gx::CString scheme_text(g_uri_parse_scheme(request.uri.c_str()));
  const std::string scheme = scheme_text ? lower(scheme_text.get()) : "";
  if (scheme.empty()) return refuse("This is no URL: " + uri::redact_url(request.uri));
  if (scheme == "http" || scheme == "https") return make_http(request);
  if (scheme == "udp") return make_udp(request, "udpsrc name=udp");
  if (scheme == "rtp")
    return make_udp(request, "udpsrc name=udp caps=\"application/x-rtp, media=video, clock-rate=90000, "
                             "encoding-name=MP2T\" ! rtpjitterbuffer ! rtpmp2tdepay");
  if (scheme == "file") return make_file(request);
  if (scheme == "srt") return make_srt(request);
  if (scheme != "acestream") return make_command(request, remux_command(request));
  auto made = make("acestreamsrc");
  if (made) set(made->get(), "uri", request.uri);
  return made;
}

std::optional<SourceFailure> find_objection(const SourceRequest& request) {
  const auto reach = ip::parse_reach(request.reach);
  if (!reach) return refuse(concat("reach: ", reach.error().message)).value();
  if (!*reach) return std::nullopt;
  const auto objection = ip::find_objection(**reach, request.uri);
  if (!objection) return std::nullopt;
  return refuse(concat("The address is not allowed: ", *objection)).value();
}

} // namespace

Made make_source(const SourceRequest& request) {
  if (auto objection = find_objection(request)) return tl::unexpected(*std::move(objection));
  auto made = make_bare(request);
  if (!made) return made;
  GstElement* element = made->get();
  if (!request.user_agent.empty()) set(element, "user-agent", request.user_agent);
  if (!request.headers.empty()) set(element, "extra-headers", request.headers);
  if (!request.proxy.empty()) set(element, "proxy", request.proxy);
  if (!request.reach.empty()) set(element, "reach", request.reach);
  set(element, "connect-timeout", request.connect_timeout);
  set(element, "first-byte-timeout", request.first_byte_timeout);
  set(element, "silence-timeout", request.silence_timeout);
  return made;
}

} // namespace relevo::gstx
