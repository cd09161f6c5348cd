// SPDX-License-Identifier: LGPL-2.1-or-later
// A session as HLS: it is made while somebody in the audience wants it.
#include "session.hpp"

#include "base/text.hpp"

#include <stdexcept>

namespace relevo::sessions {

HlsAudience::Hooks Session::hooks() {
  HlsAudience::Hooks hooks;
  hooks.make_id = [this] { return house_.make_viewer_id(); };
  hooks.on_joined = [this](const ViewerView& viewer) { on_hls_joined(viewer); };
  hooks.on_left = [this](const ViewerView& viewer, const std::string& reason) {
    on_hls_left(viewer, reason);
  };
  hooks.on_lost = [this](const std::string& key) { house_.send_away(key); };
  hooks.on_refused = [this](const Viewer& who, const Refused& refused) { tell_refused(who, refused); };
  hooks.on_empty = [this] {
    stop_hls();
    check_empty();
  };
  return hooks;
}

void Session::admit(HlsGuest guest) {
  const bool runs = pipeline_ && pipeline_->hls();
  if (guest.wish == HlsGuest::Wish::File && !runs) {
    if (guest.on_refused) guest.on_refused(refusal(404, Cause::Misasked, "the channel is not played as HLS"));
    return;
  }
  ahead_ = false;
  linger_.reset();
  hls_.admit(std::move(guest));
  start_hls();
}

void Session::start_hls() {
  if (!on_air_ || hls_.empty() || pipeline_->hls() || !closing_.empty()) return;
  try {
    pipeline_->start_hls(house_.settings_.hls, house_.first_segment(plan_.channel));
    hls_.set_shelf(pipeline_->hls());
  } catch (const std::runtime_error& failed) {
    on_hls_failed(failed.what());
  }
}

void Session::stop_hls() {
  if (!pipeline_ || !pipeline_->hls()) return;
  // What comes while it stops counts too.
  constexpr std::uint64_t kMargin = 10;
  if (const auto edition = pipeline_->hls()->edition())
    house_.note_segments(plan_.channel, edition->plain.end_sequence() + kMargin);
  hls_.set_shelf(nullptr);
  pipeline_->stop_hls();
}

void Session::on_hls_joined(const ViewerView& viewer) const {
  auto joined = event(Happening::ViewerJoined);
  joined.viewer = viewer.stats.id;
  joined.who = viewer.who;
  joined.kind = name_of(viewer.kind);
  house_.tell(joined);
}

void Session::on_hls_left(const ViewerView& viewer, const std::string& reason) {
  bytes_ += viewer.stats.bytes;
  auto left = event(Happening::ViewerLeft);
  left.viewer = viewer.stats.id;
  left.who = viewer.who;
  left.kind = name_of(ViewerKind::Hls);
  left.reason = reason;
  left.bytes = viewer.stats.bytes;
  house_.tell(left);
}

void Session::on_hls_failed(const std::string& text) {
  hls_.refuse_all(500, Cause::Failed, concat("HLS has failed: ", text));
  hls_.leave_all("failed");
  stop_hls();
  check_empty();
}

} // namespace relevo::sessions
