// SPDX-License-Identifier: LGPL-2.1-or-later
// Reading and looping the slate.
#include "slate.hpp"

#include "base/text.hpp"
#include "feed.hpp"

#include <fstream>
#include <utility>

namespace relevo::failoversrc {
namespace {

constexpr std::size_t kLargest = std::size_t{32} << 20;
constexpr std::size_t kBlock = std::size_t{16} << 10;
/// As little as a player can do with: the next source is not kept waiting behind a slate.
constexpr policy::Duration kAhead = std::chrono::milliseconds{500};
/// What is no stream after all must not cost a core.
constexpr policy::Duration kLeastPause = std::chrono::milliseconds{5};

} // namespace

std::string Slate::load(const std::string& file) {
  if (file.empty()) return {};
  std::ifstream input(file, std::ios::binary | std::ios::ate);
  const auto size = input ? static_cast<std::streamoff>(input.tellg()) : -1;
  if (size < 0) return concat("The slate ", file, " cannot be read");
  if (size == 0 || static_cast<std::size_t>(size) > kLargest)
    return concat("The slate ", file, " has ", size, " bytes; up to ", kLargest, " will do");
  stream_.resize(static_cast<std::size_t>(size));
  input.seekg(0);
  input.read(reinterpret_cast<char*>(stream_.data()), size);
  if (input) return {};
  stream_.clear();
  return concat("The slate ", file, " cannot be read");
}

bool Slate::start() {
  if (stream_.empty() || source_) return false;
  source_ = output_.add_source();
  output_.switch_to(*source_);
  thread_ = std::thread([this, source = *source_] { run(source); });
  return true;
}

bool Slate::stop() {
  if (!source_) return false;
  output_.remove_source(*std::exchange(source_, std::nullopt));
  thread_.join();
  return true;
}

void Slate::run(ts::SourceId source) {
  policy::Throttle throttle(kAhead);
  const Bytes all(stream_);
  for (std::size_t at = 0;; at = at + kBlock < all.size() ? at + kBlock : 0) {
    const auto seen = output_.push(source, all.subspan(at, std::min(kBlock, all.size() - at)));
    if (!seen) return;
    output_.wait(source, std::max(throttle.wait(seen->media, now()), kLeastPause));
  }
}

} // namespace relevo::failoversrc
