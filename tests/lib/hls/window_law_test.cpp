// SPDX-License-Identifier: LGPL-2.1-or-later
// Random streams, cuts, faults and restarts: every playlist is judged by the linter.
#include "hls/window.hpp"

#include "hls/write.hpp"
#include "playlist_linter.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace relevo;
using namespace relevo::hls;
using namespace std::chrono_literals;

namespace {

class Station {
 public:
  explicit Station(unsigned seed) : random_(seed) {
    settings_.type = static_cast<PlaylistType>(one_in(2) ? 0 : below(3));
    settings_.length = 1 + below(8);
    settings_.target_duration = std::chrono::seconds(1 + below(10));
    if (one_in(2)) settings_.part_target = Duration(std::chrono::milliseconds(200 + below(1000)));
    settings_.can_block_reload = one_in(2);
    window_.emplace(settings_);
  }

  void run() {
    for (int i = 0; i < 60; ++i) {
      add_segment();
      if (one_in(15)) restart();
    }
    window_->end();
    publish();
  }

  [[nodiscard]] std::uint64_t raises() const { return linter_.raises(); }

 private:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  Duration up_to(Duration longest) {
    return Duration(1 + below(static_cast<std::uint64_t>(longest.count())));
  }

  void add_segment() {
    clock_ += std::chrono::milliseconds(below(one_in(10) ? 60'000 : 6'000));
    window_->begin_segment(one_in(8), clock_);
    if (!settings_.part_target && one_in(10))
      window_->drop_segment();
    else
      finish_segment();
    publish();
    for (const auto& file : window_->take_expired())
      linter_.deleted(window_->address_of(file));
  }

  void finish_segment() {
    const Duration target = settings_.target_duration;
    for (auto parts = settings_.part_target ? 1 + below(6) : 0; parts > 0; --parts) {
      const Duration longest = *settings_.part_target;
      window_->add_part(one_in(20) ? up_to(2 * longest) : up_to(longest), one_in(4), !one_in(20));
      publish();
      if (one_in(40)) restart();
      if (!window_->has_open_parts()) return;
    }
    window_->end_segment(one_in(20) ? up_to(3 * target) : up_to(target), !one_in(20));
  }

  void publish() {
    if (!window_->publishable()) return;
    text_ = write_media_playlist(window_->playlist());
    linter_.check(text_);
    REQUIRE(linter_.last() == window_->playlist());
  }

  /// What is on the disk is all that is left.
  void restart() {
    if (text_.empty()) return;
    clock_ += std::chrono::seconds(below(100));
    auto old = std::get<MediaPlaylist>(parse_playlist(text_)->playlist);
    for (auto& segment : old.segments)
      segment.gap |= one_in(50);
    window_.emplace(settings_);
    window_->resume(std::move(old));
    linter_.restart();
  }

  std::mt19937 random_;
  WindowSettings settings_;
  std::optional<Window> window_;
  WallTime clock_{1'700'000'000'000ms};
  std::string text_;
  test::PlaylistLinter linter_{[](bool law, const char* name) {
    if (!law) FAIL(std::string(name));
  }};
};

} // namespace

TEST_CASE("whatever happens, the playlist keeps the rules") {
  std::uint64_t raises = 0;
  for (unsigned seed = 0; seed < 100; ++seed) {
    CAPTURE(seed);
    Station station(seed);
    station.run();
    raises += station.raises();
  }
  CHECK(raises > 0);
}
