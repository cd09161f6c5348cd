// SPDX-License-Identifier: LGPL-2.1-or-later
// gzip with GIO's converter.
#include "inflater.hpp"

#include "gx/error.hpp"

#include <array>

namespace relevo::http {
namespace {

constexpr std::byte kGzipMagic{0x1f};

} // namespace

Inflater::Inflater()
    : gzip_(gx::Ref<GZlibDecompressor>::adopt(g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP))) {}

Inflater::Outcome Inflater::feed(Bytes packed, const std::function<bool(Bytes)>& sink) {
  std::array<std::byte, 64 * 1024> block;
  for (;;) {
    if (state_ == State::Trailing || (packed.empty() && state_ != State::Inside)) return Outcome::Ok;
    if (state_ == State::Between && packed.front() != kGzipMagic) {
      state_ = State::Trailing;
      return Outcome::Ok;
    }
    if (state_ == State::Between) g_converter_reset(G_CONVERTER(gzip_.get()));
    state_ = State::Inside;
    gx::GlibError error;
    gsize read = 0;
    gsize written = 0;
    const auto result =
        g_converter_convert(G_CONVERTER(gzip_.get()), packed.data(), packed.size(), block.data(),
                            block.size(), G_CONVERTER_NO_FLAGS, &read, &written, error.out());
    if (error.is(G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)) return Outcome::Ok;
    if (result == G_CONVERTER_ERROR) return Outcome::Corrupt;
    packed = packed.subspan(read);
    if (written > 0 && !sink(Bytes(block).first(written))) return Outcome::Stopped;
    if (result == G_CONVERTER_FINISHED) state_ = State::Between;
  }
}

} // namespace relevo::http
