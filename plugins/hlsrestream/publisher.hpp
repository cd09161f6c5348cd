// SPDX-License-Identifier: LGPL-2.1-or-later
// Publisher: from pieces of a stream to files and playlists.
#pragma once

#include "folder.hpp"
#include "gstx/structure.hpp"
#include "gx/guarded.hpp"
#include "piece.hpp"
#include "settings.hpp"

#include <functional>

namespace relevo::hlsrestream {

struct Statistics {
  std::uint64_t segments = 0;
  std::uint64_t parts = 0;
  std::uint64_t bytes = 0; // of the segments
  std::uint64_t discontinuities = 0;
  std::uint64_t gaps = 0; // segments that could not be written
  std::uint64_t next_sequence = 0;
  std::uint32_t target_duration = 0; // seconds
};

/// Where things go besides the folder. Called in the thread that calls the publisher.
struct Outlet {
  std::function<void(const std::string& name, GstBufferList* bytes)> on_file;
  std::function<void(const std::string& name)> on_delete;
  std::function<void(const std::string& text)> on_playlist;
};

/// One run, from a start of the element to its stop. Says on the bus of the element what it did, and what
/// went wrong: that is never the end, a segment that cannot be written becomes a gap.
class Publisher final : public PieceSink {
 public:
  Publisher(GstElement* element, const Settings& settings, Outlet outlet,
            gx::Guarded<Statistics>& statistics);

  /// Goes on behind what is in the folder; without one, or when it is empty, behind the numbers of `before`.
  /// Fails where the folder cannot be used.
  [[nodiscard]] MaybeFailure start(const std::optional<hls::MediaPlaylist>& before);

  void begin_segment(bool discontinuity) override;
  void add_part(const Piece& part) override;
  void end_segment(const Piece& segment) override;
  void drop_segment() override;

  /// The stream has ended.
  void end();
  /// The run has; the stream may go on in another.
  void stop();

  [[nodiscard]] const hls::MediaPlaylist& playlist() const noexcept { return window_.playlist(); }

 private:
  void resume(const std::string& text);
  void clean_up(const std::vector<std::string>& names);
  [[nodiscard]] std::optional<hls::MediaFile> file_of(std::string_view name) const;
  [[nodiscard]] std::string name_of(hls::MediaFile file) const;
  [[nodiscard]] bool keep(const std::string& name, GstBufferList* bytes);
  void publish();
  void delete_expired();
  void tell(const char* decision, gstx::Structure& what);
  void tell_target(std::chrono::seconds before);
  void warn(const FileFailure& failure, const std::string& sentence);

  GstElement* element_;
  Settings settings_;
  Outlet outlet_;
  gx::Guarded<Statistics>& statistics_;
  std::optional<Folder> folder_;
  std::string playlist_name_;
  std::string prefix_; // of the names of files
  std::size_t address_prefix_size_;
  hls::Window window_;
  bool playlist_failed_ = false; // to be written, last time
};

/// As an error or a warning on the bus.
void post_file_failure(GstElement* element, GstMessageType type, const FileFailure& failure,
                       const std::string& sentence);

} // namespace relevo::hlsrestream
