// SPDX-License-Identifier: LGPL-2.1-or-later
// Session: one start of tshlssrc, from its first read to its stop.
#pragma once

#include "gstx/byte_source.hpp"
#include "hls/follower.hpp"
#include "hls/variant.hpp"
#include "paced_queue.hpp"

#include <condition_variable>
#include <thread>

namespace relevo::tshlssrc {

/// Is told what happens, from the threads of a session.
class Host {
 public:
  virtual ~Host() = default;

  virtual void on_opened() = 0;
  virtual void on_variant(const hls::Variant& variant) = 0;
  virtual void on_playlist(const hls::MediaPlaylist& playlist) = 0;
  virtual void on_segment(const hls::FetchSegment& segment) = 0;
  /// A request failed, and may be made again.
  virtual void on_trouble(const gstx::SourceFailure& failure) = 0;
  virtual void on_incident(const hls::Report& report) = 0;
};

/// One thread loads the playlist, another the segments, so that neither waits for the other; what to do next
/// the follower says, to whichever of them asks. Both end with the session.
class Session final : public gstx::ByteReader {
 public:
  Session(Settings settings, Host& host);
  ~Session() override;

  [[nodiscard]] tl::expected<std::size_t, gstx::SourceFailure> read(MutableBytes room,
                                                                    const gx::CancelToken& token) override;
  [[nodiscard]] bool discontinuous() const noexcept override { return queue_.discontinuous(); }

 private:
  void start();
  // The threads.
  void load_playlists();
  void fetch_segments();
  /// Both wait; false, or empty, when the session is to stop.
  [[nodiscard]] bool wait_to_load();
  [[nodiscard]] std::optional<hls::FetchSegment> wait_for_order();
  template <class Due>
  [[nodiscard]] bool wait_until(std::unique_lock<std::mutex>& lock, Due due);

  /// `why`: what failed, where something did.
  void tell(hls::FollowerEvent event, const Trouble* why = nullptr);
  void judge(const hls::Report& report, const Trouble* why);

  Settings settings_;
  Host& host_;
  PacedQueue queue_;
  gx::CancelToken stop_;
  std::mutex mutex_; // of these
  std::condition_variable wake_;
  hls::Follower follower_;
  std::optional<hls::Instant> load_at_;
  std::optional<hls::FetchSegment> order_;
  // Used in the streaming thread, and before and after it.
  std::thread playlists_;
  std::thread segments_;
};

} // namespace relevo::tshlssrc
