// SPDX-License-Identifier: LGPL-2.1-or-later
// ChannelPipeline: one channel that plays, from its candidates to the sockets of its viewers.
#pragma once

#include "channel/channel_spec.hpp"
#include "channel/hls.hpp"
#include "gx/descriptor.hpp"

#include <functional>
#include <glib.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::channel {

/// A connection that was allowed; given back when the last copy goes. Null: refused.
using Slot = std::shared_ptr<void>;

/// What the pipeline asks and tells. Called in the thread that made it, but for request_slot.
struct Callbacks {
  /// May a candidate with a slot key (its id is told) be opened? Called in a thread of the pipeline, which
  /// waits for the answer. The slot is given back, in such a thread too, when the connection is closed.
  std::function<Slot(const std::string& candidate)> request_slot{};
  std::function<void(const Decision&)> on_decision{};
  std::function<void(const Departure&)> on_viewer_gone{};
  /// The pipeline has failed and plays nothing any more; it wants to be stopped.
  std::function<void(const std::string& text)> on_failed{};
  std::function<void()> on_hls_edition{};                       // there is a new one
  std::function<void(const std::string& text)> on_hls_failed{}; // HLS has failed and wants to be stopped
};

/// Prepares the process for pipelines, which takes a moment; before the first of them. Again: nothing.
void initialise();

/// Elements that pipelines need and GStreamer does not know; none: all are there. From any thread.
[[nodiscard]] std::vector<std::string> missing_elements();

/// failoversrc ! tsfanoutsink, for a process that is prepared. Made, used and destroyed in the
/// thread that runs `context` (null: the default one). Callbacks never come from within a call, and none
/// comes after the destructor has begun; one may destroy the pipeline.
class ChannelPipeline {
 public:
  /// Throws std::runtime_error where an element is missing.
  ChannelPipeline(const ChannelSpec& spec, Callbacks callbacks, GMainContext* context = nullptr);
  ChannelPipeline(const ChannelPipeline&) = delete;
  ChannelPipeline& operator=(const ChannelPipeline&) = delete;
  /// Waits until it has stopped; who must not wait calls stop() before.
  ~ChannelPipeline();

  /// False: it cannot play; on_failed says why. From then on viewers can be added.
  bool start();
  /// Returns at once; `on_stopped` is called when all connections are closed, all slots are given back, and
  /// all viewers have gone and were told of. Once.
  void stop(std::function<void()> on_stopped);

  void set_sources(const Sources& sources);
  /// The prefix is sent before anything else: the head of an HTTP answer. The socket is owned from now on,
  /// also where the viewer is not taken.
  [[nodiscard]] std::optional<ViewerId> add_viewer(gx::Descriptor socket, std::string_view prefix);
  /// on_viewer_gone follows. False: there is no such viewer.
  bool remove_viewer(ViewerId viewer);
  void switch_to(const std::string& candidate);
  void next();

  /// From then on, on_hls_edition says when there is something new. `first`: number of the first segment.
  /// Again: nothing. Throws std::runtime_error where there is no HLS to be had; also once it stops.
  void start_hls(const HlsSettings& settings, std::uint64_t first);
  void stop_hls();
  /// What is there; null: HLS was not started.
  [[nodiscard]] HlsShelf* hls() const;

  [[nodiscard]] ChannelStats stats() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

} // namespace relevo::channel
