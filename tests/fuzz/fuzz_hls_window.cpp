// SPDX-License-Identifier: LGPL-2.1-or-later
// However a stream is cut and whatever is lost, every playlist of the window keeps the rules, files are
// deleted when nobody needs them, and a restart goes on from the text; blocking reloads are answered. Input:
// settings in four bytes, then operations of two bytes each: kind and value.
#include "fuzz.hpp"
#include "hls/reload.hpp"
#include "hls/window.hpp"
#include "playlist_linter.hpp"

using namespace relevo;
using namespace relevo::hls;
using relevo::fuzz::require;
using relevo::fuzz::take_byte;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

WindowSettings take_settings(Bytes& input) {
  WindowSettings settings;
  const unsigned flags = take_byte(input);
  settings.type = static_cast<PlaylistType>(flags % 3);
  settings.can_block_reload = flags & 4;
  settings.length = take_byte(input) % 16;
  settings.target_duration = seconds(take_byte(input) % 16);
  if (const unsigned part = take_byte(input)) settings.part_target = milliseconds(10) * part;
  return settings;
}

/// Cuts a stream as it is told, and shows what the window says.
class Cutter {
 public:
  explicit Cutter(const WindowSettings& settings) : settings_(settings), window_(settings) {}

  void step(unsigned kind, unsigned value) {
    clock_ += milliseconds(100) * value;
    switch (kind % 8) {
    case 0: return open(value % 2);
    case 1:
    case 2: return add_part(milliseconds(10) * value, kind >= 128);
    case 3:
    case 4: return close(milliseconds(100) * value, kind >= 128);
    case 5: return drop();
    case 6: return end();
    default: return restart(value % 2);
    }
  }

  void ask(std::uint64_t msn, std::uint64_t part) const {
    const auto number = std::to_string(msn), index = std::to_string(part);
    const auto& playlist = window_.playlist();
    const auto answer = judge_reload(playlist, {number, index});
    require(answer != Reload::Nonsense);
    if (msn < playlist.media_sequence) require(answer == Reload::Ready);
  }

 private:
  void open(bool discontinuity) {
    if (std::exchange(open_, true)) return;
    window_.begin_segment(discontinuity, clock_);
  }
  void add_part(Duration duration, bool stored) {
    if (!settings_.part_target) return;
    open(false);
    window_.add_part(duration, true, stored);
    show();
  }
  void close(Duration duration, bool stored) {
    open(false);
    open_ = false;
    window_.end_segment(duration, stored);
    show();
  }
  void drop() {
    if (!open_ || window_.has_open_parts()) return;
    open_ = false;
    window_.drop_segment();
  }
  void end() {
    if (open_) close({}, true);
    window_.end();
    show();
    linter_.restart();
  }
  void restart(bool missing) {
    if (text_.empty()) return;
    auto old = std::get<MediaPlaylist>(parse_playlist(text_)->playlist);
    if (missing && !old.segments.empty()) old.segments.front().gap = true;
    open_ = false;
    window_ = Window(settings_);
    window_.resume(std::move(old));
    linter_.restart();
  }
  void show() {
    if (!window_.publishable()) return;
    text_ = write_media_playlist(window_.playlist());
    linter_.check(text_);
    for (const auto& file : window_.take_expired())
      linter_.deleted(window_.address_of(file));
  }

  WindowSettings settings_;
  Window window_;
  bool open_ = false;
  WallTime clock_{seconds(1'000'000'000)};
  std::string text_;
  test::PlaylistLinter linter_{[](bool law, const char*) { require(law); }};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  Cutter cutter(take_settings(input));
  while (!input.empty()) {
    const unsigned kind = take_byte(input), value = take_byte(input);
    cutter.step(kind, value);
    cutter.ask(kind, value % 16);
  }
  return 0;
}
