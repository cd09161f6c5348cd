// SPDX-License-Identifier: LGPL-2.1-or-later
// zlib as a pulled stage.
#include "gunzip.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <zlib.h>

namespace relevo::archive {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;
constexpr std::byte kMagic{0x1f};

class Gunzip {
 public:
  explicit Gunzip(Read source) : source_(std::move(source)), block_(64 * 1024) {
    if (inflateInit2(&zlib_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip() { inflateEnd(&zlib_); }

  Result<std::size_t> read(MutableBytes buffer) {
    while (!done_) {
      if (zlib_.avail_in == 0) {
        if (const auto more = fill(); !more) return tl::unexpected(more.error());
        if (zlib_.avail_in == 0 && inside_) return fail("the gzip data ends too early");
      }
      if (!inside_ && !begin_member()) break;
      auto size = inflate_into(buffer);
      if (!size || *size > 0) return size;
    }
    return 0;
  }

 private:
  Result<void> fill() {
    const auto size = source_(block_);
    if (!size) return tl::unexpected(size.error());
    zlib_.next_in = reinterpret_cast<Bytef*>(block_.data());
    zlib_.avail_in = static_cast<uInt>(*size);
    return {};
  }

  bool begin_member() {
    done_ = zlib_.avail_in == 0 || static_cast<std::byte>(*zlib_.next_in) != kMagic;
    inside_ = !done_;
    return inside_;
  }

  Result<std::size_t> inflate_into(MutableBytes buffer) {
    constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
    const auto room = static_cast<uInt>(std::min(buffer.size(), kMost));
    zlib_.next_out = reinterpret_cast<Bytef*>(buffer.data());
    zlib_.avail_out = room;
    const int code = ::inflate(&zlib_, Z_NO_FLUSH);
    const std::size_t size = room - zlib_.avail_out;
    if (code == Z_STREAM_END) {
      inside_ = false;
      inflateReset(&zlib_);
    } else if (code != Z_OK && code != Z_BUF_ERROR && size == 0) { // else it is told again
      return fail(concat("the gzip data is damaged: ", zlib_.msg ? zlib_.msg : zError(code)));
    }
    return size;
  }

  Read source_;
  std::vector<std::byte> block_;
  z_stream zlib_{};
  bool inside_ = false; // a member
  bool done_ = false;
};

} // namespace

Read gunzip(Read source) {
  return [stage = std::make_shared<Gunzip>(std::move(source))](MutableBytes buffer) {
    return stage->read(buffer);
  };
}

} // namespace relevo::archive
