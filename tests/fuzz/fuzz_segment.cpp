// SPDX-License-Identifier: LGPL-2.1-or-later
// Any split of the same stream gives the same cuts; segments follow each other without a gap, their parts
// fill them, and no byte of them is from before where bytes are kept from. Input: split pattern, target and
// part target in tenths of a second, stream.
#include "fuzz.hpp"
#include "ts/segment.hpp"

#include <string>

using namespace relevo;
using namespace relevo::ts;
using relevo::fuzz::require;

namespace {

class Run {
 public:
  explicit Run(const SegmentSettings& settings)
      : segmenter_(settings, {.on_cut_point = [this](const CutPoint& cut) { add(cut); },
                              .on_part = [this](const Part& part) { add(part); },
                              .on_segment = [this](const Segment& segment) { add(segment); }}),
        has_parts_(settings.part_target > 0) {}

  void push(Bytes bytes) {
    segmenter_.push(bytes);
    require(segmenter_.keep_from() >= kept_from_);
    kept_from_ = segmenter_.keep_from();
  }
  [[nodiscard]] const std::string& finish() {
    segmenter_.finish();
    return text_;
  }
  [[nodiscard]] std::uint64_t end() const noexcept { return end_; }

 private:
  void add(const CutPoint& cut) {
    require(!cut_seen_ || cut.offset > last_cut_);
    if (!cut_seen_) end_ = part_end_ = cut.offset;
    cut_seen_ = true;
    last_cut_ = cut.offset;
    text_ += std::to_string(cut.offset) + "@" + std::to_string(cut.pts) + (cut.discontinuity ? "!" : " ");
  }
  void add(const Part& part) {
    require(part.offset == part_end_ && part.size > 0 && part.duration >= 0);
    require(part.offset >= kept_from_);
    require(part.index == next_part_++);
    part_end_ += part.size;
    text_ += std::to_string(part.size) + "p" + std::to_string(part.duration) + " ";
  }
  void add(const Segment& segment) {
    require(segment.offset == end_ && segment.size > 0 && segment.duration >= 0);
    require(segment.offset >= kept_from_);
    require(segment.sequence == next_sequence_++);
    end_ += segment.size;
    require(!has_parts_ || part_end_ == end_);
    next_part_ = 0;
    text_ += std::to_string(segment.size) + "s" + std::to_string(segment.duration) + "\n";
  }

  Segmenter segmenter_;
  bool has_parts_;
  bool cut_seen_ = false;
  std::uint64_t last_cut_ = 0;
  std::uint64_t end_ = 0, part_end_ = 0;
  std::uint64_t kept_from_ = 0;
  std::uint64_t next_sequence_ = 0;
  std::uint32_t next_part_ = 0;
  std::string text_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  fuzz::Splitter splitter{fuzz::take_byte(input)};
  SegmentSettings settings;
  settings.target = Ticks{fuzz::take_byte(input)} * kTicksPerSecond / 10;
  settings.limit = settings.target + kTicksPerSecond;
  settings.part_target = Ticks{fuzz::take_byte(input)} * kTicksPerSecond / 10;
  Run whole{settings}, split{settings};
  whole.push(input);
  splitter(input, [&](Bytes chunk) { split.push(chunk); });
  require(whole.finish() == split.finish());
  require(whole.end() <= input.size());
  return 0;
}
