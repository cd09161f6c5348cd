// SPDX-License-Identifier: LGPL-2.1-or-later
// Files of a GResource as answers. Their names tell their content (`name-HASH.js`), so browsers keep them for
// good; the page that names them is asked for again each time.
#include "web/interface.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"
#include "gx/handle.hpp"
#include "gx/ref.hpp"
#include "net/gzip.hpp"

#include <array>
#include <cassert>
#include <gio/gio.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace relevo::gx {

template <>
struct RefTraits<GResource> : CountedBy<GResource, g_resource_ref, g_resource_unref> {};

} // namespace relevo::gx

namespace relevo::web {
namespace {

using net::Request;
using net::Response;
using Resource = gx::Ref<GResource>;

constexpr std::string_view kPage = "/index.html", kPacked = ".gz";

/// Of the page: its own scripts alone, no frames around it, nothing from elsewhere. Logos may be written out
/// where their address stands. Its components write styles.
constexpr const char* kContentPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'self'; worker-src 'self' blob:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

constexpr std::array<std::pair<std::string_view, const char*>, 5> kTypes = {{
    {".css", "text/css; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".woff2", "font/woff2"},
}};

const char* type_of(std::string_view name) noexcept {
  for (const auto& [end, type] : kTypes)
    if (name.ends_with(end)) return type;
  return "application/octet-stream";
}

Resource open(std::span<const std::byte> data) {
  const auto bytes = gx::Ref<GBytes>::adopt(g_bytes_new_static(data.data(), data.size()));
  gx::GlibError error;
  auto resource = Resource::adopt(g_resource_new_from_data(bytes.get(), error.out()));
  assert(resource);
  return resource;
}

/// Null: there is no such file.
gx::Ref<GBytes> find(const Resource& resource, const std::string& path) {
  return gx::Ref<GBytes>::adopt(
      g_resource_lookup_data(resource.get(), path.c_str(), G_RESOURCE_LOOKUP_FLAGS_NONE, nullptr));
}

/// Of what the build packed, so it cannot fail.
gx::Ref<GBytes> unpack(const gx::Ref<GBytes>& packed) {
  const auto converter =
      gx::Ref<GZlibDecompressor>::adopt(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  const auto memory = gx::Ref<GInputStream>::adopt(g_memory_input_stream_new_from_bytes(packed.get()));
  const auto input =
      gx::Ref<GInputStream>::adopt(g_converter_input_stream_new(memory.get(), G_CONVERTER(converter.get())));
  const auto output = gx::Ref<GOutputStream>::adopt(g_memory_output_stream_new_resizable());
  g_output_stream_splice(output.get(), input.get(), G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, nullptr, nullptr);
  return gx::Ref<GBytes>::adopt(g_memory_output_stream_steal_as_bytes(G_MEMORY_OUTPUT_STREAM(output.get())));
}

/// What was unpacked, for as long as the interface is served: each file once, however many want it.
using Unpacked = std::map<std::string, gx::Ref<GBytes>>;

Response asset(const Resource& resource, Unpacked& unpacked, const Request& request) {
  const auto& name = request.parameter("file");
  Response response;
  auto content = find(resource, concat("/assets/", name));
  if (auto packed = content ? gx::Ref<GBytes>() : find(resource, concat("/assets/", name, kPacked))) {
    if (net::accepts_gzip(std::string(request.header("Accept-Encoding")))) {
      content = std::move(packed);
      response.headers.emplace_back("Content-Encoding", "gzip");
    } else {
      auto& whole = unpacked[name];
      if (!whole) whole = unpack(packed);
      content = whole;
    }
    response.headers.emplace_back("Vary", "Accept-Encoding");
  }
  if (!content) return net::error_response(404, "not-found", "the interface has no such file");
  response.content_type = type_of(name);
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.blocks.push_back(std::move(content));
  return response;
}

Response make_page(const Resource& resource) {
  const auto content = find(resource, std::string(kPage));
  assert(content);
  gsize size = 0;
  const auto* data = static_cast<const char*>(g_bytes_get_data(content.get(), &size));
  Response page;
  page.body.assign(data, size);
  page.content_type = type_of(kPage);
  page.etag = gx::CString(g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, content.get())).get();
  page.headers = {{"Cache-Control", "no-cache"},
                  {"Content-Security-Policy", kContentPolicy},
                  {"Referrer-Policy", "no-referrer"},
                  {"X-Content-Type-Options", "nosniff"}};
  return page;
}

} // namespace

void serve_interface(net::Server& server, std::span<const std::byte> resource) {
  if (resource.empty()) return;
  const auto opened = open(resource);
  const auto page = [opened](const Request&) { return make_page(opened); };
  server.serve({net::Method::Get, "/", "leads to the interface", [](const Request&) {
                  Response response;
                  response.status = 302;
                  response.headers.emplace_back("Location", "/ui");
                  return response;
                }});
  for (const char* path : {"/ui", "/ui/", "/ui/{page}", "/ui/{page}/{what}", "/ui/{page}/{what}/{part}"})
    server.serve({net::Method::Get, path, "the interface", page});
  server.serve({net::Method::Get, "/ui/assets/{file}", "a file of the interface",
                [opened, unpacked = std::make_shared<Unpacked>()](const Request& request) {
                  return asset(opened, *unpacked, request);
                }});
}

} // namespace relevo::web
