// SPDX-License-Identifier: LGPL-2.1-or-later
// Packing with libarchive's other half.
#include "pack.hpp"

#include <archive_entry.h>
#include <memory>
#include <stdexcept>

namespace relevo::test {
namespace {

class Writer {
 public:
  Writer() : archive_(archive_write_new(), archive_write_free) {}

  [[nodiscard]] ::archive* get() const { return archive_.get(); }
  void check(int code) const {
    if (code != ARCHIVE_OK) throw std::runtime_error(archive_error_string(get()));
  }
  void open() {
    check(archive_write_set_bytes_in_last_block(get(), 1)); // nothing behind the end
    check(archive_write_open2(get(), &packed_, nullptr, &append, nullptr, nullptr));
  }
  void add(const ZipEntry& file) const {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                              archive_entry_free);
    archive_entry_set_pathname(entry.get(), file.name.c_str());
    archive_entry_set_filetype(entry.get(), file.name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    if (file.sized) archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.content.size()));
    check(archive_write_header(get(), entry.get()));
    if (archive_write_data(get(), file.content.data(), file.content.size()) < 0) check(ARCHIVE_FATAL);
  }
  std::string finish() {
    check(archive_write_close(get()));
    return std::move(packed_);
  }

 private:
  static la_ssize_t append(::archive*, void* packed, const void* data, std::size_t size) {
    static_cast<std::string*>(packed)->append(static_cast<const char*>(data), size);
    return static_cast<la_ssize_t>(size);
  }

  std::string packed_;
  std::unique_ptr<::archive, decltype(&archive_write_free)> archive_;
};

} // namespace

std::string pack(std::string_view plain, AddFilter filter) {
  Writer writer;
  writer.check(filter(writer.get()));
  writer.check(archive_write_set_format_raw(writer.get()));
  writer.open();
  writer.add({"raw", std::string(plain)});
  return writer.finish();
}

std::string zip(const std::vector<ZipEntry>& entries, const char* options, const char* password) {
  Writer writer;
  writer.check(archive_write_set_format_zip(writer.get()));
  writer.check(archive_write_set_options(writer.get(), options));
  if (password) writer.check(archive_write_set_passphrase(writer.get(), password));
  writer.open();
  for (const auto& entry : entries)
    writer.add(entry);
  return writer.finish();
}

} // namespace relevo::test
