// SPDX-License-Identifier: LGPL-2.1-or-later
/**
 * SECTION:element-tshttpsrc
 * @title: tshttpsrc
 *
 * Reads a live MPEG transport stream over HTTP or HTTPS. Unlike a general HTTP source it never resumes with a
 * range and never retries: a live stream that broke is opened anew, from its original address, by whoever
 * wants it (failoversrc does). Why it broke is told apart in the details of the error message: `failure` is
 * one of `refused`, `dns`, `status` (with the `status`), `not-a-transport-stream`, `truncated`,
 * `connect-timeout`, `first-byte-timeout`, `stalled` and `other`. Where the address gives a playlist of HLS
 * or another container, `form` says so (`playlist`, `container`): failoversrc and m3uprofilesel go on with
 * the element that reads it. A stream that ends ends with EOS.
 *
 * The first bytes are handed on at once, the others in big blocks about every 50 ms.
 *
 * ## Example launch line
 * |[
 * gst-launch-1.0 tshttpsrc location=http://127.0.0.1:8000/live/h264_1080p25.ts ! filesink location=out.ts
 * ]|
 */
#include "http_reader.hpp"

#include "base/text.hpp"
#include "gstx/contract.hpp"
#include "http/url.hpp"
#include "uri/redact.hpp"

GST_DEBUG_CATEGORY_STATIC(ts_http_src_debug);
#define GST_CAT_DEFAULT ts_http_src_debug

namespace relevo::tshttpsrc {
namespace {

using std::chrono::milliseconds;

struct Settings {
  std::string location;
  std::string user_agent = "Relevo/" RELEVO_VERSION;
  gstx::Pairs headers;
  std::string cookies;
  std::string proxy;
  std::string reach;
  bool strict_tls = true;
  milliseconds connect_timeout{4000};
  milliseconds first_byte_timeout{5000};
  milliseconds silence_timeout{2000};
};

const gstx::Properties<Settings>& table() {
  using enum gstx::Mutable;
  using gstx::property;
  static const gstx::Properties<Settings> properties{
      property({"location", "Location", "Address of the stream: http or https"}, &Settings::location, Ready),
      property({"user-agent", "User agent", "Value of the User-Agent header; empty sends none"},
               &Settings::user_agent, Ready),
      property({"extra-headers", "Extra headers",
                "Further headers of the request, name to value; they stay with the host they are meant for"},
               &Settings::headers, Ready),
      property({"cookies", "Cookies", "Value of the Cookie header"}, &Settings::cookies, Ready),
      property({"proxy", "Proxy", "HTTP proxy: http://user:password@host:port; empty connects directly"},
               &Settings::proxy, Ready),
      property({"reach", "Reach",
                "Which addresses may be connected to, as in \"private=own own=panel.example "
                "networks=10.0.0.0/8 port=8383\"; empty: all"},
               &Settings::reach, Ready),
      property({"strict-tls", "Strict TLS", "Whether a certificate must be one that can be trusted"},
               &Settings::strict_tls, Ready),
      property({"connect-timeout", "Connect timeout", "How long a connection may take, in milliseconds"},
               &Settings::connect_timeout, Ready),
      property({"first-byte-timeout", "First byte timeout",
                "How long the answer may take once connected, in milliseconds"},
               &Settings::first_byte_timeout, Ready),
      property({"silence-timeout", "Silence timeout",
                "How long no byte may come before the stream has failed, in milliseconds; 0 waits for ever"},
               &Settings::silence_timeout, Ready),
  };
  return properties;
}

http::Request make_request(const Settings& settings) {
  http::Request request{.url = settings.location, .user_agent = settings.user_agent};
  for (const auto& [name, value] : settings.headers)
    request.headers.push_back({name, value});
  if (!settings.cookies.empty()) request.headers.push_back({"Cookie", settings.cookies});
  request.deadlines = {settings.connect_timeout, settings.first_byte_timeout, settings.silence_timeout,
                       milliseconds::zero()};
  return request;
}

class TsHttpSrc final : public gstx::ByteSource {
 public:
  static constexpr const char* kTypeName = "RelevoTsHttpSrc";

  explicit TsHttpSrc(GstPushSrc* element) : ByteSource(element) {}

  static void set_up(GstPushSrcClass* klass) {
    set_up_source<TsHttpSrc>(klass);
    gst_element_class_set_static_metadata(
        GST_ELEMENT_CLASS(klass), "MPEG-TS over HTTP source", "Source/Network",
        "Reads a live transport stream over HTTP and says exactly why it failed", "Relevo");
  }
  static const gstx::Properties<Settings>& properties() { return table(); }
  [[nodiscard]] gx::Guarded<Settings>& settings() { return settings_; }

  [[nodiscard]] gstx::Structure stats() {
    gstx::Structure stats("tshttpsrc-stats");
    stats.set("bytes", bytes_read());
    return stats;
  }

 private:
  [[nodiscard]] gstx::ReaderResult make_reader() override {
    const Settings settings = *settings_.lock();
    if (!http::parse_url(settings.location))
      return tl::unexpected(gstx::SourceFailure{
          policy::Failure::Other, 0, "No address of a stream is set: location must be an http or https URL",
          "location is \"" + uri::redact_url(settings.location) + '"'});
    auto reach = ip::parse_reach(settings.reach);
    if (!reach)
      return tl::unexpected(
          gstx::SourceFailure{policy::Failure::Other, 0, concat("reach: ", reach.error().message), {}});
    const auto opened = [this](const http::Response& head) {
      GST_INFO_OBJECT(element(), "%u from %s", head.status, uri::redact_url(head.url).c_str());
      gstx::post_message(element(), gstx::Structure(contract::kOpened));
    };
    return std::make_unique<HttpReader>(
        http::ClientOptions{settings.proxy, settings.strict_tls, *std::move(reach)}, make_request(settings),
        opened);
  }

  gx::Guarded<Settings> settings_;
};

gboolean register_element(GstPlugin* plugin) noexcept {
  GST_DEBUG_CATEGORY_INIT(ts_http_src_debug, "tshttpsrc", 0, "MPEG-TS over HTTP source");
  return gstx::ElementType<TsHttpSrc>::register_in(plugin, "tshttpsrc");
}

} // namespace
} // namespace relevo::tshttpsrc

GST_ELEMENT_REGISTER_DEFINE_CUSTOM(tshttpsrc, relevo::tshttpsrc::register_element)
