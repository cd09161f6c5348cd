// SPDX-License-Identifier: LGPL-2.1-or-later
// Keeping what players ask for.
#include "channel/hls.hpp"

#include "hls/serve.hpp"

#include <algorithm>

namespace relevo::channel {
namespace {

std::uint64_t size_of(const Blocks& blocks) {
  std::uint64_t size = 0;
  for (const auto& block : blocks)
    size += g_bytes_get_size(block.get());
  return size;
}

/// Parts lie inside of their segments.
bool is_part(const std::string& name) {
  return std::ranges::count(name, '.') > 1;
}

} // namespace

void HlsShelf::put(const std::string& name, Blocks blocks) {
  state_.lock()->files[name] = std::move(blocks);
}

void HlsShelf::remove(const std::string& name) {
  Blocks going; // without the lock
  const auto state = state_.lock();
  if (auto found = state->files.extract(name)) going = std::move(found.mapped());
}

void HlsShelf::publish(hls::MediaPlaylist playlist) {
  const auto edition = std::make_shared<HlsEdition>();
  const auto state = state_.lock();
  for (const auto& segment : playlist.segments) {
    const auto found = state->files.find(segment.uri);
    if (found == state->files.end() || segment.duration.count() <= 0) continue;
    const auto rate =
        size_of(found->second) * 8'000'000 / static_cast<std::uint64_t>(segment.duration.count());
    edition->bandwidth = std::max(edition->bandwidth, rate);
  }
  edition->plain = hls::without_parts(playlist);
  edition->low_latency = std::move(playlist);
  state->edition = edition;
}

std::shared_ptr<const HlsEdition> HlsShelf::edition() {
  return state_.lock()->edition;
}

std::optional<Blocks> HlsShelf::find(const std::string& name) {
  const auto state = state_.lock();
  const auto found = state->files.find(name);
  if (found == state->files.end()) return std::nullopt;
  return found->second;
}

std::uint64_t HlsShelf::size() {
  const auto state = state_.lock();
  std::uint64_t size = 0;
  for (const auto& [name, blocks] : state->files)
    if (!is_part(name)) size += size_of(blocks);
  return size;
}

} // namespace relevo::channel
