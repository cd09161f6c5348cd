// SPDX-License-Identifier: LGPL-2.1-or-later
// Restream: an hlsrestream that is fed by hand, with everything it gives out and says; and streams for it.
#pragma once

#include "gst/pipeline.hpp"
#include "playlist_linter.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace relevo::hlsrestream::test {

/// Clips of the test media one after the other, as the one continuous stream that failoversrc would give.
[[nodiscard]] std::string spliced(const std::vector<std::string>& clips);

/// A folder that goes with its content.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::string playlist() const { return path_ / "tv.m3u8"; }
  [[nodiscard]] std::vector<std::string> names() const; // sorted

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string content_of(const std::filesystem::path& file);

/// What it does, it does in the calls below. The test fails where a playlist breaks a rule, a file changes,
/// or one is deleted too early.
class Restream {
 public:
  explicit Restream(const std::string& properties);
  Restream(const Restream&) = delete;
  Restream& operator=(const Restream&) = delete;
  ~Restream();

  /// False when it refuses.
  bool start();
  void stop() { set_state(GST_STATE_NULL); }
  void stop_to_ready() { set_state(GST_STATE_READY); }
  /// In buffers of this size, each a memory of its own.
  GstFlowReturn push(std::string_view bytes, std::size_t block = 10'000);
  GstFlowReturn push(gx::Ref<GstBuffer> buffer) { return gst_pad_push(pad_.get(), buffer.release()); }
  void end() { gst_pad_push_event(pad_.get(), gst_event_new_eos()); }
  void flush();

  /// start, push, end, stop.
  void run(std::string_view bytes, std::size_t block = 10'000);

  [[nodiscard]] GstElement* element() const noexcept { return element_.get(); }
  [[nodiscard]] const std::map<std::string, std::string>& files() const noexcept {
    return files_;
  }                                                                                       // deleted ones not
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; } // all, in order
  [[nodiscard]] const std::vector<std::string>& playlists() const noexcept { return playlists_; }
  /// The newest.
  [[nodiscard]] const hls::MediaPlaylist& playlist() const { return linter.last().value(); }
  [[nodiscard]] std::string segment(std::uint64_t sequence) const;
  /// Those of the newest playlist, one after the other.
  [[nodiscard]] std::string all_segments() const;

  /// Of all messages so far: the decisions of that kind, as text.
  [[nodiscard]] std::vector<std::string> decisions(const std::string& decision);
  /// Warnings and errors: domain code and the sentence.
  [[nodiscard]] std::vector<std::string> complaints(GstMessageType type);

  hls::test::PlaylistLinter linter;
  std::function<void()> on_playlist{}; // after it was judged

 private:
  void set_state(GstState state);
  void connect();
  void keep_file(const std::string& name, GstBufferList* bytes);
  void drain_bus();

  gx::Ref<GstElement> element_;
  gx::Ref<GstPad> pad_;
  gx::Ref<GstBus> bus_;
  std::vector<gx::SignalConnection> connections_;
  std::map<std::string, std::string> files_;
  std::vector<std::string> names_;
  std::vector<std::string> playlists_;
  std::vector<gx::Ref<GstMessage>> messages_;
};

} // namespace relevo::hlsrestream::test
