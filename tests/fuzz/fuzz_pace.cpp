// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split of the same stream leaves at the same times; whatever its clocks say, it leaves, and what is
// allowed once stays allowed. Input: split pattern, burst in tenths of a second, stream.
#include "fuzz.hpp"
#include "ts/pace.hpp"

#include <vector>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

std::vector<std::uint64_t> schedule(Pacer& pacer, std::size_t size) {
  constexpr Pacer::Duration kLongest = std::chrono::seconds(2) + std::chrono::milliseconds(51);
  std::vector<std::uint64_t> out;
  Pacer::Instant now{};
  for (;;) {
    const std::uint64_t allowed = pacer.allowed(now);
    require(allowed <= size && (out.empty() || allowed >= out.back()));
    require(pacer.allowed(now) == allowed);
    out.push_back(allowed);
    out.push_back(static_cast<std::uint64_t>(now.count()));
    const auto next = pacer.next();
    if (!next) break;
    require(allowed<size&& * next> now && *next - now <= kLongest && pacer.held().count() > 0);
    now = *next;
    out.pop_back();
  }
  require(pacer.allowed(now) == size && pacer.held().count() == 0);
  return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  const PaceSettings settings{.burst = std::chrono::milliseconds(100) * fuzz::take_byte(input)};
  Pacer whole{settings}, split{settings};
  whole.push(input);
  splitter(input, [&](Bytes chunk) { split.push(chunk); });
  require(schedule(whole, input.size()) == schedule(split, input.size()));
  return 0;
}
