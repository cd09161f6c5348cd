// SPDX-License-Identifier: LGPL-2.1-or-later
// The key on the disk and in the connections.
#include "sealing.hpp"

#include "base/text.hpp"
#include "gx/descriptor.hpp"
#include "seal/seal.hpp"
#include "sqlite/function.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace relevo::store {
namespace {

using seal::Key;

template <std::size_t N>
std::array<std::byte, N> make_random() {
  std::array<std::byte, N> bytes;
  if (getentropy(bytes.data(), bytes.size()) != 0)
    throw std::runtime_error(concat("the system has no random numbers: ", std::strerror(errno)));
  return bytes;
}

std::string place_of(std::span<const sqlite::Argument> arguments) {
  std::string place;
  place.reserve(40);
  place += arguments[1].bytes;
  place += ' ';
  place += arguments[2].bytes;
  return place;
}

/// Nonces of one connection; the system is asked for many of them at once.
class Nonces {
 public:
  seal::Nonce next() {
    if (used_ == pool_.size()) {
      pool_ = make_random<kPool>();
      used_ = 0;
    }
    seal::Nonce nonce;
    std::copy_n(pool_.begin() + static_cast<std::ptrdiff_t>(used_), nonce.size(), nonce.begin());
    used_ += nonce.size();
    return nonce;
  }

 private:
  static constexpr std::size_t kPool = 20 * std::tuple_size_v<seal::Nonce>; // at most 256, says getentropy()
  std::array<std::byte, kPool> pool_{};
  std::size_t used_ = kPool;
};

void define(sqlite::Database& database, const Key& key) {
  sqlite::define(database, "seal", 3, sqlite::Gives::Blob,
                 [key, nonces = Nonces()](std::span<const sqlite::Argument> arguments) mutable {
                   return seal::seal(key, nonces.next(), place_of(arguments), arguments[0].bytes);
                 });
  sqlite::define(database, "unseal", 3, sqlite::Gives::Text,
                 [key](std::span<const sqlite::Argument> arguments) {
                   if (!arguments[0].is_blob) return std::string(arguments[0].bytes);
                   const auto place = place_of(arguments);
                   auto text = seal::open(key, place, arguments[0].bytes);
                   if (!text)
                     throw std::runtime_error(concat(place, " is not sealed with the key of this daemon"));
                   return *std::move(text);
                 });
}

/// No more than the key and a byte, whatever the file is.
std::string read_all(int descriptor) {
  std::string text(std::tuple_size_v<Key> + 1, '\0');
  std::size_t size = 0;
  for (ssize_t got = 1; got > 0 && size < text.size();) {
    got = ::read(descriptor, text.data() + size, text.size() - size);
    if (got > 0) size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return text;
}

Result<Key> load(const std::string& file) {
  const gx::Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.get() < 0) return fail(concat("cannot read ", file, ": ", std::strerror(errno)));
  const auto text = read_all(descriptor.get());
  Key key;
  if (text.size() != key.size())
    return fail(concat(file, " is no key of Relevo: it has not ", key.size(), " bytes"));
  std::memcpy(key.data(), text.data(), key.size());
  return key;
}

Result<void> make(const std::string& file) {
  const auto key = make_random<std::tuple_size_v<Key>>();
  const gx::Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  // What is sealed with a key that a power cut takes would be lost.
  if (descriptor.get() >= 0 && ::write(descriptor.get(), key.data(), key.size()) == ssize_t{key.size()} &&
      ::fsync(descriptor.get()) == 0)
    return {};
  const auto why = std::strerror(errno);
  if (descriptor.get() >= 0) ::unlink(file.c_str());
  return fail(concat("cannot write ", file, ": ", why));
}

} // namespace

std::string key_file_of(const std::string& database) {
  return std::filesystem::path(database).replace_filename("relevo.key");
}

Result<void> take_key(sqlite::Database& database, const std::string& key_file) {
  return load(key_file).map([&](const Key& key) { define(database, key); });
}

Result<void> take_or_make_key(sqlite::Database& database, const std::string& key_file) {
  if (::access(key_file.c_str(), F_OK) != 0)
    if (auto made = make(key_file); !made) return made;
  return take_key(database, key_file);
}

void take_passing_key(sqlite::Database& database) {
  define(database, make_random<std::tuple_size_v<Key>>());
}

bool is_open_to_others(const std::string& key_file) {
  struct stat status {};
  return ::stat(key_file.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

bool is_sealed(const sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT 1 FROM sqlite_schema WHERE name = 'sealing'");
  return row.step();
}

bool has_its_key(const sqlite::Database& database) {
  sqlite::Statement row(database, "SELECT unseal(proof, 'sealing.proof', id) FROM sealing");
  try {
    return row.step();
  } catch (const sqlite::Failure&) {
    return false;
  }
}

std::string next_id_of(std::string_view table) {
  return concat("(SELECT coalesce(max(seq), 0) + 1 AS id FROM sqlite_sequence WHERE name = '", table, "')");
}

} // namespace relevo::store
