// SPDX-License-Identifier: LGPL-2.1-or-later
#include "net/range.hpp"

#include "wire.hpp"

#include <future>

using namespace relevo;
using namespace relevo::net;
using namespace relevo::net::test;

namespace {

gx::Ref<GBytes> block(std::string_view text) {
  return gx::Ref<GBytes>::adopt(g_bytes_new(text.data(), text.size()));
}

std::string text_of(const Blocks& blocks) {
  std::string text;
  for (const auto& one : blocks) {
    gsize size = 0;
    const auto* data = static_cast<const char*>(g_bytes_get_data(one.get(), &size));
    text.append(data, size);
  }
  return text;
}

const Blocks kBlocks{block("01"), block(""), block("23456"), block("789")};

/// A server that gives out blocks, and says whether it still holds on to them.
struct Shared : Served {
  Shared() {
    get("/blocks", [this](const Request& request) {
      head_only = request.head_only;
      Response response;
      response.content_type = "video/mp2t";
      response.blocks = kBlocks;
      response.held = held;
      return response;
    });
  }

  std::shared_ptr<int> held = std::make_shared<int>();
  bool head_only = false;
};

} // namespace

TEST_CASE("a range is what is there of it") {
  struct {
    const char* header;
    std::uint64_t size;
    std::optional<ByteRange> range;
  } const good[] = {
      {"", 10, {}},
      {"bytes=0-", 10, ByteRange{0, 10}},
      {"bytes=3-", 10, ByteRange{3, 7}},
      {"bytes=3-3", 10, ByteRange{3, 1}},
      {"bytes=3-99", 10, ByteRange{3, 7}},
      {"bytes=-4", 10, ByteRange{6, 4}},
      {"bytes=-99", 10, ByteRange{0, 10}},
      {"bytes=0-18446744073709551615", 10, ByteRange{0, 10}},
      {"bytes=0-1,4-5", 10, {}},
      {"bytes=5-3", 10, {}},
      {"bytes=-", 10, {}},
      {"bytes=a-b", 10, {}},
      {"bytes=1", 10, {}},
      {"lines=1-2", 10, {}},
      {"bytes=0-18446744073709551616", 10, {}},
  };
  for (const auto& c : good) {
    CAPTURE(c.header);
    const auto range = parse_range(c.header, c.size);
    REQUIRE(range);
    CHECK((*range == c.range));
  }
  for (const char* header : {"bytes=10-", "bytes=10-12", "bytes=-0"}) {
    CAPTURE(header);
    CHECK_FALSE(parse_range(header, 10));
  }
  CHECK_FALSE(parse_range("bytes=0-", 0));
}

TEST_CASE("a cut is the same bytes as of one block, whatever the blocks are") {
  CHECK(size_of(kBlocks) == 10);
  const std::string whole = text_of(kBlocks);
  for (std::uint64_t first = 0; first < 10; ++first)
    for (std::uint64_t size = 1; size <= 10 - first; ++size)
      CHECK(text_of(cut(kBlocks, {first, size})) == whole.substr(first, size));
}

TEST_CASE("blocks are given whole, in part, or not at all") {
  Shared shared;
  const auto whole = shared.ask(request("GET /blocks"));
  CHECK(status_of(whole) == 200);
  CHECK(header_of(whole, "Content-Type") == "video/mp2t");
  CHECK(header_of(whole, "Content-Length") == "10");
  CHECK(header_of(whole, "Accept-Ranges") == "bytes");
  CHECK(body_of(whole) == "0123456789");
  CHECK_FALSE(shared.head_only);

  const auto part = shared.ask(request("GET /blocks", "Range: bytes=1-3\r\n"));
  CHECK(status_of(part) == 206);
  CHECK(header_of(part, "Content-Range") == "bytes 1-3/10");
  CHECK(header_of(part, "Content-Length") == "3");
  CHECK(body_of(part) == "123");

  const auto beyond = shared.ask(request("GET /blocks", "Range: bytes=10-\r\n"));
  CHECK(status_of(beyond) == 416);
  CHECK(header_of(beyond, "Content-Range") == "bytes */10");

  const auto other = shared.ask(request("GET /blocks", "Range: bytes=1-3\r\nIf-Range: \"a\"\r\n"));
  CHECK(status_of(other) == 200);
  CHECK(body_of(other) == "0123456789");

  const auto head = shared.ask(request("HEAD /blocks"));
  CHECK(status_of(head) == 200);
  CHECK(header_of(head, "Content-Length") == "10");
  CHECK(body_of(head).empty());
  CHECK(shared.head_only);
}

TEST_CASE("what an answer holds is let go when it is over") {
  Shared shared;
  shared.visit([&](Wire& wire) {
    wire.send(request("GET /blocks"));
    wire.read_all();
  });
  run_until([&] { return shared.held.use_count() == 1; });
  Blocks large;
  const std::string megabyte(1 << 20, 'x');
  for (int i = 0; i < 64; ++i)
    large.push_back(block(megabyte));
  shared.get("/large", [&](const Request&) {
    Response response;
    response.blocks = large;
    response.held = shared.held;
    return response;
  });
  shared.visit([&](Wire& wire) {
    wire.send(request("GET /large"));
    wire.read_until("xxxx");
    std::promise<long> holders;
    gx::post(nullptr, [&] { holders.set_value(shared.held.use_count()); });
    CHECK(holders.get_future().get() == 2); // it is far from sent
    wire.leave();
  });
  run_until([&] { return shared.held.use_count() == 1; });
}
