// SPDX-License-Identifier: LGPL-2.1-or-later
// Walking through a zip file from its beginning, without the directory at its end.
#include "unzip.hpp"

#include "base/text.hpp"
#include "reader.hpp"

#include <algorithm>

namespace relevo::archive {
namespace {

class Unzip {
 public:
  Unzip(Read source, const Budget& budget) : reader_(std::move(source), Form::Zip), budget_(budget) {}

  /// To the first that is wanted; false: there is none.
  Result<bool> find(const std::function<bool(std::string_view)>& wants) {
    for (;;) {
      const auto entry = reader_.next();
      if (!entry) return tl::unexpected(entry.error());
      if (!*entry) return false;
      const auto name = name_of(*entry);
      if (archive_entry_filetype(*entry) == AE_IFREG && !is_shadow(name) && wants(name)) {
        if (archive_entry_is_data_encrypted(*entry))
          return fail(concat(quote(name), " is protected by a password"));
        return true;
      }
      if (const auto passed = pass_over(*entry); !passed) return tl::unexpected(passed.error());
    }
  }

  Result<std::size_t> read(MutableBytes buffer) {
    if (left_.empty()) {
      const auto block = reader_.block();
      if (!block) return tl::unexpected(block.error());
      left_ = *block;
    }
    const auto size = std::min(buffer.size(), left_.size());
    std::copy_n(left_.begin(), size, buffer.begin());
    left_ = left_.subspan(size);
    return size;
  }

 private:
  /// In the encoding of the file where it does not say which.
  static std::string name_of(archive_entry* entry) {
    const char* name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    return name ? name : "";
  }
  /// What macOS puts beside each file, under the same name.
  static bool is_shadow(std::string_view name) { return name.starts_with("__MACOSX/"); }

  /// The next one begins where this one ends, which only unpacking tells where its size is not written in
  /// front.
  Result<void> pass_over(archive_entry* entry) {
    if (archive_entry_size_is_set(entry)) return {};
    for (;;) {
      const auto block = reader_.block();
      if (!block) return tl::unexpected(block.error());
      if (block->empty()) return {};
      passed_over_ += block->size();
      if (auto allowed = budget_.allow(passed_over_); !allowed) return allowed;
    }
  }

  Reader reader_;
  const Budget& budget_;
  Bytes left_;
  std::uint64_t passed_over_ = 0;
};

} // namespace

Result<Read> unzip(Read source, const std::function<bool(std::string_view)>& wants, const Budget& budget) {
  const auto stage = std::make_shared<Unzip>(std::move(source), budget);
  const auto found = stage->find(wants);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return Read{};
  return Read([stage](MutableBytes buffer) { return stage->read(buffer); });
}

} // namespace relevo::archive
