// SPDX-License-Identifier: LGPL-2.1-or-later
// libarchive's calls.
#include "reader.hpp"

#include "base/text.hpp"
#include "gx/trampoline.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace relevo::archive {
namespace {

// One by one: all that libarchive knows would include programs that it starts.
void support(::archive* archive, Form form) {
  switch (form) {
  case Form::Bzip2: archive_read_support_filter_bzip2(archive); break;
  case Form::Xz: archive_read_support_filter_xz(archive); break;
  case Form::Zstd: archive_read_support_filter_zstd(archive); break;
  case Form::Zip: archive_read_support_format_zip_streamable(archive); return;
  case Form::Plain:
  case Form::Gzip: break;
  }
  archive_read_support_format_raw(archive);
  archive_read_support_format_empty(archive);
}

class Decompressor {
 public:
  Decompressor(Read source, Form form) : reader_(std::move(source), form) {}

  Result<std::size_t> read(MutableBytes buffer) {
    if (!begun_) {
      const auto file = reader_.next();
      if (!file) return tl::unexpected(file.error());
      begun_ = true;
      ended_ = *file == nullptr; // nothing was packed
    }
    if (left_.empty() && !ended_) {
      const auto block = reader_.block();
      if (!block) return tl::unexpected(block.error());
      left_ = *block;
      ended_ = left_.empty();
    }
    const auto size = std::min(buffer.size(), left_.size());
    std::copy_n(left_.begin(), size, buffer.begin());
    left_ = left_.subspan(size);
    return size;
  }

 private:
  Reader reader_;
  bool begun_ = false;
  bool ended_ = false;
  Bytes left_;
};

} // namespace

Reader::Reader(Read source, Form form)
    : source_(std::move(source)), form_(form), packed_(64 * 1024), archive_(archive_read_new()) {
  if (!archive_) throw std::bad_alloc();
  support(archive_.get(), form);
  if (archive_read_open2(archive_.get(), this, nullptr, &pull, nullptr, nullptr) != ARCHIVE_OK)
    late_ = error();
}

la_ssize_t Reader::pull(::archive*, void* self, const void** block) noexcept {
  return gx::call_from_c("archive", [&]() -> la_ssize_t {
    auto& reader = *static_cast<Reader*>(self);
    const auto size = reader.source_(reader.packed_);
    if (!size) {
      reader.broken_ = size.error();
      return ARCHIVE_FATAL;
    }
    reader.ended_ = *size == 0;
    *block = reader.packed_.data();
    return static_cast<la_ssize_t>(*size);
  });
}

Error Reader::error() const {
  if (broken_) return *broken_;
  if (ended_) return {concat("the ", name_of(form_), " data ends too early")};
  const char* text = archive_error_string(archive_.get());
  return {concat("the ", name_of(form_), " data is damaged: ", text ? text : "for no known reason")};
}

Result<archive_entry*> Reader::next() {
  if (late_) return tl::unexpected(*late_);
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(archive_.get(), &entry);
  if (code == ARCHIVE_EOF) return nullptr;
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return tl::unexpected(error()); // a warning is about names
  return entry;
}

Result<Bytes> Reader::block() {
  while (!late_) {
    const void* data = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int code = archive_read_data_block(archive_.get(), &data, &size, &offset);
    if (code == ARCHIVE_EOF) return Bytes{};
    // A checksum that does not fit comes as a warning, with the last bytes.
    if (code != ARCHIVE_OK) late_ = error();
    if ((code == ARCHIVE_OK || code == ARCHIVE_WARN) && size > 0)
      return Bytes(static_cast<const std::byte*>(data), size);
  }
  return tl::unexpected(*late_);
}

Read decompress(Read source, Form form) {
  return [stage = std::make_shared<Decompressor>(std::move(source), form)](MutableBytes buffer) {
    return stage->read(buffer);
  };
}

} // namespace relevo::archive
