// SPDX-License-Identifier: LGPL-2.1-or-later
#include "archive/unpacker.hpp"

#include "pack.hpp"
#include "temporary_folder.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace relevo;
using relevo::archive::Limits;
using relevo::archive::Open;
using relevo::archive::Read;
using relevo::archive::Unpacker;
using test::pack;
using test::zip;
using test::ZipEntry;

namespace {

constexpr Limits kLimits{.max_bytes = 64 << 20, .max_ratio = 2000};

struct Unpacked {
  std::string plain;
  std::string error;
  std::size_t offset = 0;
};

/// A source that gives at most `piece` bytes at a time.
Open source_of(std::string_view packed, std::size_t piece = 100'000) {
  return [packed, piece]() -> Result<Read> {
    return Read([left = packed, piece](MutableBytes buffer) mutable -> Result<std::size_t> {
      const auto size = std::min({left.size(), buffer.size(), piece});
      std::memcpy(buffer.data(), left.data(), size);
      left.remove_prefix(size);
      return size;
    });
  };
}

Unpacked drain(Unpacker& unpacker, std::size_t room = 5000) {
  Unpacked out;
  std::vector<std::byte> buffer(room);
  for (;;) {
    const auto size = unpacker.read(buffer);
    if (!size) {
      out.error = size.error().message;
      out.offset = size.error().offset;
      CHECK(unpacker.read(buffer).error().message == out.error);
      return out;
    }
    if (*size == 0) return out;
    out.plain += as_text(Bytes(buffer).first(*size));
  }
}

Unpacked unpack(const Open& open, Limits limits = kLimits) {
  Unpacker unpacker(open, {".m3u", ".m3u8"}, limits);
  return drain(unpacker);
}

std::string text_of(std::size_t size) {
  std::string text = "#EXTM3U\n";
  for (unsigned i = 0; text.size() < size; i = i * 1664525 + 1013904223)
    text += "#EXTINF:-1," + std::to_string(i) + "\n";
  return text;
}

struct Packer {
  const char* name;
  test::AddFilter filter;
};
constexpr std::array kPackers = {
    Packer{"gzip", archive_write_add_filter_gzip}, Packer{"bzip2", archive_write_add_filter_bzip2},
    Packer{"xz", archive_write_add_filter_xz}, Packer{"zstd", archive_write_add_filter_zstd}};

void write(const std::string& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string read(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

} // namespace

TEST_CASE("what is packed comes out, however it comes in") {
  const auto plain = text_of(300'000);
  std::vector<std::pair<std::string, std::string>> packed = {
      {"plain", plain},
      {"zip", zip({{"list.m3u", plain}})},
      {"stored zip", zip({{"list.m3u", plain}}, "zip:compression=store")},
      {"zip with sizes behind", zip({{"list.m3u", plain, false}})},
  };
  for (const auto& packer : kPackers) {
    const auto once = pack(plain, packer.filter);
    packed.emplace_back(packer.name, once);
    packed.emplace_back(std::string(packer.name) + " in zip", zip({{"list.m3u", once}}));
    packed.emplace_back(std::string("zip in ") + packer.name, pack(packed[1].second, packer.filter));
  }
  for (const auto& one : packed) {
    const auto& name = one.first;
    CAPTURE(name);
    for (const std::size_t piece : {1, 7, 4096, 1'000'000}) {
      const auto out = unpack(source_of(one.second, piece));
      CHECK(out.error == "");
      CHECK((out.plain == plain)); // too long to be shown
    }
  }
}

TEST_CASE("what is short or empty is nothing but itself") {
  for (const std::string plain : {"", "x", "\x1f\x8b", "PK", "BZh91AY&SX", "BZh9"}) {
    CAPTURE(plain);
    CHECK(unpack(source_of(plain)).plain == plain);
    for (const auto& packer : kPackers) {
      const auto& name = packer.name;
      CAPTURE(name);
      const auto packed = pack(plain, packer.filter);
      const auto out = unpack(source_of(packed));
      CHECK(out.error == "");
      CHECK((out.plain == plain)); // too long to be shown
    }
  }
}

TEST_CASE("what other programs pack comes out") {
  const test::TemporaryFolder folder;
  const auto plain = text_of(100'000);
  write(folder.file("plain"), plain);
  const std::string script = R"(
import bz2, gzip, io, lzma, sys, zipfile
folder = sys.argv[1] + '/'
plain = open(folder + 'plain', 'rb').read()
class Pipe(io.RawIOBase):
  def __init__(self, name): self.file = open(folder + name, 'wb')
  def writable(self): return True
  def write(self, data): return self.file.write(data)
open(folder + 'gz', 'wb').write(gzip.compress(plain))
open(folder + 'members', 'wb').write(gzip.compress(plain[:999]) + gzip.compress(plain[999:]) + bytes(512))
open(folder + 'bz2', 'wb').write(bz2.compress(plain[:999]) + bz2.compress(plain[999:]))
open(folder + 'xz', 'wb').write(lzma.compress(plain[:999]) + lzma.compress(plain[999:]))
for target in folder + 'zip', Pipe('piped-zip'):
  with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED) as file:
    file.writestr('readme.txt', 'nothing')
    file.writestr('list.m3u', plain)
)";
  write(folder.file("pack.py"), script);
  REQUIRE(std::system(("python3 '" + folder.file("pack.py") + "' '" + folder.path() + "'").c_str()) == 0);
  for (const char* name : {"gz", "members", "bz2", "xz", "zip", "piped-zip"}) {
    CAPTURE(name);
    const auto packed = read(folder.file(name));
    const auto out = unpack(source_of(packed));
    CHECK(out.error == "");
    CHECK((out.plain == plain)); // too long to be shown
  }
}

TEST_CASE("of a zip file it is the first that is wanted, or the first of all") {
  struct Case {
    std::vector<ZipEntry> entries;
    std::string content;
  };
  const std::vector<Case> cases = {
      {{{"folder/"}, {"folder/readme.txt", "a"}, {"folder/List.M3U", "b"}, {"other.m3u", "c"}}, "b"},
      {{{"folder.m3u/"}, {"readme.txt", "a"}, {"readme", "b"}}, "a"},
      {{{"__MACOSX/._list.m3u", "a"}, {"list.m3u", "b"}}, "b"},
      {{{"readme.txt", "a", false}, {"list.m3u8", "b", false}}, "b"},
      {{{"list.m3u", ""}, {"other.m3u", "b"}}, ""},
  };
  for (const auto& one : cases) {
    const auto packed = zip(one.entries);
    const auto out = unpack(source_of(packed));
    CHECK(out.error == "");
    CHECK(out.plain == one.content);
  }
  CHECK(unpack(source_of(zip({}))).error == "the zip file holds no file");
  CHECK(unpack(source_of(zip({{"folder/"}}))).error == "the zip file holds no file");
}

TEST_CASE("a break is told, behind what came before it") {
  const auto plain = text_of(1'000'000);
  for (const auto& packer : kPackers) {
    const auto& name = packer.name;
    CAPTURE(name);
    auto packed = pack(plain, packer.filter);
    const auto short_packed = packed.substr(0, packed.size() * 9 / 10);
    const auto cut = unpack(source_of(short_packed));
    CHECK(cut.error == std::string("the ") + name + " data ends too early");
    CHECK(cut.offset == cut.plain.size());
    CHECK(plain.starts_with(cut.plain));
    if (cut.plain.empty()) MESSAGE(name << " gave nothing before the break");

    packed.replace(packed.size() / 2, 64, 64, '\xff');
    const auto damaged = unpack(source_of(packed));
    CHECK(damaged.error != "");
  }
}

TEST_CASE("a wrong checksum is found out") {
  const auto plain = text_of(1000);
  auto packed = pack(plain, archive_write_add_filter_gzip);
  packed[packed.size() - 6] ^= 1;
  const auto gzip = unpack(source_of(packed));
  CHECK(gzip.error == "the gzip data is damaged: incorrect data check");
  CHECK((gzip.plain == plain));
  packed = zip({{"list.m3u", plain}});
  packed[packed.find("PK\7\10") + 4] ^= 1;
  const auto zipped = unpack(source_of(packed));
  CHECK(zipped.error.starts_with("the zip data is damaged: ZIP bad CRC"));
  CHECK((zipped.plain == plain));
}

TEST_CASE("a zip file that is cut or has a password is refused") {
  const auto plain = text_of(300'000);
  const auto packed = zip({{"list.m3u", plain}});
  const auto cut = unpack(source_of(std::string_view(packed).substr(0, packed.size() / 2)));
  CHECK(cut.error == "the zip data ends too early");
  CHECK(cut.plain.size() > plain.size() / 3);
  CHECK(plain.starts_with(cut.plain));
  const auto locked = zip({{"list.m3u", plain}}, "zip:encryption=aes256", "secret");
  CHECK(unpack(source_of(locked)).error == "\"list.m3u\" is protected by a password");
}

TEST_CASE("more than the limits allow is not unpacked") {
  const std::string zeros(20 << 20, '\0');
  for (const auto& packer : kPackers) {
    const auto& name = packer.name;
    CAPTURE(name);
    const auto packed = pack(zeros, packer.filter);
    const auto big = unpack(source_of(packed), {.max_bytes = 10 << 20, .max_ratio = 1'000'000});
    CHECK(big.error == "unpacks to more than 10485760 bytes");
    CHECK(big.plain.size() <= 10 << 20);
    const auto bomb = unpack(source_of(packed), {.max_bytes = 1 << 30, .max_ratio = 100});
    CHECK(bomb.error == "unpacks to more than 100 times its size");
    CHECK(bomb.plain.size() < 10 << 20);
    const auto inside = zip({{"list.m3u", packed}});
    CHECK(unpack(source_of(inside), {.max_bytes = 1 << 30, .max_ratio = 100}).error == bomb.error);
  }
  const auto passed_over = zip({{"zeros", zeros, false}, {"list.m3u", "x"}});
  CHECK(unpack(source_of(passed_over), {.max_bytes = 10 << 20, .max_ratio = 1'000'000}).error ==
        "unpacks to more than 10485760 bytes");
}

TEST_CASE("what is packed again and again is refused") {
  std::string packed = text_of(1000);
  for (int i = 0; i < 3; ++i)
    packed = pack(packed, archive_write_add_filter_gzip);
  CHECK(unpack(source_of(packed)).plain == text_of(1000));
  packed = pack(packed, archive_write_add_filter_gzip);
  CHECK(unpack(source_of(packed)).error == "packed more than 3 times");
}

TEST_CASE("an error of the source is passed on") {
  const auto plain = text_of(300'000);
  std::vector<std::string> all = {plain, zip({{"list.m3u", plain}})};
  for (const auto& packer : kPackers)
    all.push_back(pack(plain, packer.filter));
  for (const auto& packed : all) {
    for (const std::size_t after : {std::size_t{0}, std::size_t{5}, packed.size() / 2}) {
      const Open breaks = [&]() -> Result<Read> {
        return Read([&, given = false](MutableBytes buffer) mutable -> Result<std::size_t> {
          if (given || after == 0) return fail("the disk is on fire");
          given = true;
          const auto size = std::min(after, buffer.size());
          std::memcpy(buffer.data(), packed.data(), size);
          return size;
        });
      };
      const auto out = unpack(breaks);
      CHECK(out.error == "the disk is on fire");
      CHECK(plain.starts_with(out.plain));
    }
  }
  CHECK(unpack([]() -> Result<Read> { return fail("no such file"); }).error == "no such file");
}
