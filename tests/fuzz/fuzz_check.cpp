// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split of the same stream gives the same violations, in the order of the stream.
// Input: split pattern, stream.
#include "fuzz.hpp"
#include "ts/check.hpp"

#include <vector>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

class Run {
 public:
  void push(Bytes bytes) { checker_.push(bytes); }
  [[nodiscard]] const std::string& finish() {
    checker_.finish();
    return text_;
  }

 private:
  void add(const Violation& violation) {
    require(!name_of(violation.kind).empty() && !violation.text.empty());
    require(violation.offset >= last_offset_);
    last_offset_ = violation.offset;
    text_ += std::to_string(violation.offset) + std::string(name_of(violation.kind)) +
             std::to_string(violation.pid) + violation.text + "\n";
  }

  std::uint64_t last_offset_ = 0;
  std::string text_;
  Checker checker_{[this](const Violation& violation) { add(violation); }};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  Run whole, split;
  whole.push(input);
  splitter(input, [&](Bytes chunk) { split.push(chunk); });
  require(whole.finish() == split.finish());
  return 0;
}
