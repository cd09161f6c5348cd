// SPDX-License-Identifier: LGPL-2.1-or-later
// The HLS part of the provider: finds the session of a request and serves its resources.
#pragma once

#include "provider/hls_session.hpp"

namespace relevo::provider {

class HlsOrigin {
 public:
  explicit HlsOrigin(Station& station) : station_(station) {}

  /// `resource`: master.m3u8, media.m3u8, N.ts, all.ts or key. URIs in playlists begin with `folder`.
  void serve(Exchange& exchange, const std::string& channel, FaultPlan plan, const std::string& resource,
             const std::string& folder);

 private:
  std::shared_ptr<HlsSession> session_of(const Request& request, const std::string& channel, FaultPlan plan);
  void serve_master(Exchange& exchange, const std::string& channel, const std::string& folder,
                    bool audio_apart);
  void serve_range(Exchange& exchange, HlsSession& session);

  Station& station_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<HlsSession>> sessions_; // under mutex_
};

} // namespace relevo::provider
