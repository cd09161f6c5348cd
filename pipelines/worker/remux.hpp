// SPDX-License-Identifier: LGPL-2.1-or-later
// Remux: a source, taken out of its container and written to the standard output as a transport stream.
#pragma once

#include "options.hpp"
#include "output.hpp"
#include "timing.hpp"
#include "track.hpp"

#include "gx/context.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace relevo::worker {

/// As the exit status of the process.
enum class Ending : std::uint8_t { Ended = 0, CannotOpen = 3, NoMedia = 4, Failed = 5, OutputClosed = 6 };

/// Runs on the default main context, in the thread that made it.
class Remux {
 public:
  using Complain = std::function<void(std::string_view)>; // a line for people, without secrets

  Remux(const Options& options, Complain complain);
  Remux(const Remux&) = delete;
  Remux& operator=(const Remux&) = delete;
  ~Remux();

  /// Returns when the source has ended or failed, the output is closed or a signal came.
  [[nodiscard]] Ending run();

 private:
  [[nodiscard]] bool make_pipeline();
  void set_up_source(GstElement* source) const;
  void on_pad(GstPad* pad);
  void on_message(GstMessage* message);
  void on_error(GstMessage* message);

  void consider();
  void start();
  void connect(const Track& track);
  [[nodiscard]] bool carry(const Track& track, const GstCaps* caps);
  void leave_out(const Track& track, const GstCaps* caps);
  [[nodiscard]] GstElement* add(const std::string& description);
  void finish(Ending ending, std::string_view why = {});

  Options options_;
  Complain complain_;
  gx::Ref<GMainLoop> loop_;
  gx::Ref<GstElement> pipeline_;
  Output output_;
  // In the pipeline, which keeps them.
  GstElement* source_ = nullptr;
  GstElement* muxer_ = nullptr;
  GstElement* sink_ = nullptr;

  std::vector<std::shared_ptr<Track>> tracks_;   // in the order in which they came
  std::atomic<std::size_t> expected_ = 0;        // tracks of an adaptive source
  std::vector<std::unique_ptr<Timing>> timings_; // of those that are carried
  gx::Source settling_;
  bool started_ = false;
  unsigned carried_ = 0;
  std::optional<Ending> ending_;
};

} // namespace relevo::worker
