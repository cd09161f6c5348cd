// SPDX-License-Identifier: LGPL-2.1-or-later
// Files and streams of GIO.
#include "kept_files.hpp"

#include "base/text.hpp"
#include "gx/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace relevo::outputs {
namespace {

/// A guide of 40 MB shrinks to a tenth; what higher levels save on that is not worth their time.
constexpr int kGzipLevel = 4;

[[noreturn]] void fail_file(std::string_view what) {
  throw std::runtime_error(concat("cannot ", what, " a file for players: ", std::strerror(errno)));
}

gx::Descriptor make_file(const std::string& folder) {
  auto name = concat(folder, "/text-XXXXXX");
  gx::Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file.get() < 0) fail_file("make");
  ::unlink(name.c_str());
  return file;
}

gx::Ref<GOutputStream> pack(const gx::Ref<GOutputStream>& stream) {
  const auto compressor =
      gx::Ref<GZlibCompressor>::adopt(g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, kGzipLevel));
  return gx::Ref<GOutputStream>::adopt(
      g_converter_output_stream_new(stream.get(), G_CONVERTER(compressor.get())));
}

/// With a place of its own to read from.
gx::Descriptor open_again(const gx::Descriptor& file) {
  gx::Descriptor again(::open(concat("/proc/self/fd/", file.get()).c_str(), O_RDONLY | O_CLOEXEC));
  if (again.get() < 0) fail_file("open");
  return again;
}

} // namespace

TextFile::TextFile(const std::string& folder, bool packed)
    : file_(make_file(folder)),
      stream_(gx::Ref<GOutputStream>::adopt(g_unix_output_stream_new(file_.get(), FALSE))) {
  if (packed) stream_ = pack(stream_);
}

void TextFile::write(std::string_view text) {
  gx::GlibError error;
  if (g_output_stream_write_all(stream_.get(), text.data(), text.size(), nullptr, nullptr, error.out()) ==
      FALSE)
    throw std::runtime_error(concat("cannot write a file for players: ", error.text()));
}

gx::Descriptor TextFile::finish() && {
  gx::GlibError error;
  if (g_output_stream_close(stream_.get(), nullptr, error.out()) == FALSE)
    throw std::runtime_error(concat("cannot write a file for players: ", error.text()));
  return std::move(file_);
}

std::optional<net::FileBody> KeptFiles::find(const std::string& key) {
  const auto found = std::ranges::find(files_, key, &Kept::key);
  if (found == files_.end()) return std::nullopt;
  files_.splice(files_.begin(), files_, found);
  struct stat facts {};
  if (::fstat(found->file.get(), &facts) != 0) fail_file("look at");
  return net::FileBody{open_again(found->file), static_cast<std::uint64_t>(facts.st_size)};
}

void KeptFiles::add(std::string key, gx::Descriptor file) {
  files_.push_front({std::move(key), std::move(file)});
  if (files_.size() > most_) files_.pop_back();
}

} // namespace relevo::outputs
