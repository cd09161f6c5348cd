// SPDX-License-Identifier: LGPL-2.1-or-later
// Feed: one opening of a candidate: its element, and the pad that takes its bytes to the output.
#pragma once

#include "gx/guarded.hpp"
#include "gx/ref.hpp"
#include "output.hpp"
#include "policy/failover_messages.hpp"
#include "policy/throttle.hpp"

#include <functional>
#include <gst/gst.h>
#include <optional>

namespace relevo::failoversrc {

/// What has been seen of a feed by now.
struct Signs {
  std::optional<policy::Time> last_byte; // when the last bytes had gone; now, while they are in hand
  policy::Duration held{};               // that bytes were in hand and the source had to wait for us
  std::uint64_t bytes = 0;
  Observation seen;
};

[[nodiscard]] policy::Time now();

/// An attempt has one feed after the other, where its first element found that it takes another one.
struct FeedId {
  policy::AttemptId attempt{};
  unsigned turn = 0;

  bool operator==(const FeedId&) const = default;
};

/// Made and destroyed in the conductor's thread; its bytes come in the element's own.
class Feed {
 public:
  /// What is worth a wake-up goes to `post`, from the element's thread: the first bytes, the programme, the
  /// first random access point, the end. The rest waits in signs().
  using Post = std::function<void(policy::Event)>;

  Feed(FeedId id, Output& output, Post post);
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  /// The connection is closed when this returns.
  ~Feed();

  /// Puts the element into `bin` and lets it run. False where it refused; it has then said why on its bus.
  [[nodiscard]] bool run(GstBin* bin, gx::Ref<GstElement> element);

  [[nodiscard]] FeedId id() const noexcept { return id_; }
  [[nodiscard]] ts::SourceId source() const noexcept { return source_; }
  [[nodiscard]] Signs signs();

  /// The feed whose element `object` is or belongs to.
  [[nodiscard]] static std::optional<FeedId> find_id(GstObject* object);

 private:
  void make_pad();
  [[nodiscard]] GstFlowReturn chain(GstBuffer* buffer);
  [[nodiscard]] bool pass_on(Bytes bytes);
  void on_end();
  void tell(const Observation& before, const Observation& seen, bool first);

  FeedId id_;
  Output& output_;
  ts::SourceId source_;
  Post post_;
  struct Watched {
    Signs signs;                            // up to the last time that nothing was in hand
    std::optional<policy::Time> in_hand_at; // since when bytes are in hand
  };
  gx::Guarded<Watched> watched_;
  policy::Throttle throttle_; // in the element's thread
  gx::Ref<GstPad> pad_;
  gx::Ref<GstElement> element_; // in bin_, while it runs
  GstBin* bin_ = nullptr;
};

} // namespace relevo::failoversrc
