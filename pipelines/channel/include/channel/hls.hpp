// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel as HLS: its playlist of this moment, and the files that it lists.
#pragma once

#include "gx/guarded.hpp"
#include "gx/ref.hpp"
#include "hls/playlist.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relevo::channel {

struct HlsSettings {
  std::chrono::seconds target{3};      // how long segments are, as far as the stream allows
  std::uint32_t length = 6;            // segments in the playlist
  std::chrono::milliseconds part{500}; // how long their parts are

  bool operator==(const HlsSettings&) const = default;
};

/// Bytes, one block behind the other.
using Blocks = std::vector<gx::Ref<GBytes>>;

/// A playlist as it was given out; never changes.
struct HlsEdition {
  hls::MediaPlaylist low_latency{}; // with parts
  hls::MediaPlaylist plain{};       // without
  std::uint64_t bandwidth = 0;      // of its segments, the highest; bits a second
};

/// Where the files lie: in memory, as long as a player may ask for them. Any thread may ask.
class HlsShelf {
 public:
  // What hlsrestream says.
  void put(const std::string& name, Blocks blocks);
  void remove(const std::string& name);
  void publish(hls::MediaPlaylist playlist);

  /// The newest; null: there is none yet.
  [[nodiscard]] std::shared_ptr<const HlsEdition> edition();
  [[nodiscard]] std::optional<Blocks> find(const std::string& name);
  [[nodiscard]] std::uint64_t size(); // of all that is kept, in bytes; what is shared counts once

 private:
  struct State {
    std::map<std::string, Blocks> files{};
    std::shared_ptr<const HlsEdition> edition{};
  };
  gx::Guarded<State> state_;
};

} // namespace relevo::channel
