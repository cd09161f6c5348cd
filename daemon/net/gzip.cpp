// SPDX-License-Identifier: LGPL-2.1-or-later
// gzip over GZlibCompressor.
#include "net/gzip.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"
#include "gx/ref.hpp"

#include <array>
#include <gio/gio.h>
#include <libsoup/soup.h>
#include <stdexcept>

namespace relevo::net {

bool accepts_gzip(const std::string& accept_encoding) {
  GSList* wanted = soup_header_parse_quality_list(accept_encoding.c_str(), nullptr);
  bool accepts = false;
  for (const GSList* item = wanted; item; item = item->next) {
    const std::string_view name = static_cast<const char*>(item->data);
    accepts = accepts || equal_nocase(name, "gzip") || name == "*";
  }
  soup_header_free_list(wanted);
  return accepts;
}

std::string gzip(std::string_view text) {
  constexpr int kFastest = 1;
  const auto compressor =
      gx::Ref<GZlibCompressor>::adopt(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, kFastest));
  std::string out;
  std::array<char, 16 * 1024> block;
  GConverterResult result = G_CONVERTER_CONVERTED;
  while (result != G_CONVERTER_FINISHED) {
    gsize read = 0, written = 0;
    gx::GlibError error;
    result = g_converter_convert(G_CONVERTER(compressor.get()), text.data(), text.size(), block.data(),
                                 block.size(), G_CONVERTER_INPUT_AT_END, &read, &written, error.out());
    if (result == G_CONVERTER_ERROR) throw std::runtime_error(concat("gzip: ", error.text()));
    text.remove_prefix(read);
    out.append(block.data(), written);
  }
  return out;
}

} // namespace relevo::net
