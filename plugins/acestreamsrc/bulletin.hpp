// SPDX-License-Identifier: LGPL-2.1-or-later
// Bulletin: what the element is told to say, and its statistics.
#pragma once

#include "ace/engine.hpp"
#include "ace/player_messages.hpp"
#include "gstx/ref.hpp"
#include "gstx/structure.hpp"
#include "gx/guarded.hpp"

#include <gst/gst.h>
#include <string>
#include <vector>

namespace relevo::acestreamsrc {

/// Posts messages in the name of the element until it has gone its way. Any thread may call any member.
class Bulletin {
 public:
  Bulletin(GstElement* element, std::vector<ace::Engine> engines);

  /// Afterwards nothing is posted.
  void close();

  void on(const ace::action::Start& start);
  void on(const ace::action::Read& read);
  void on(const ace::action::GiveUp& give_up);
  void on(const ace::action::Stop& stop);
  void on(const ace::action::Release& release);
  void on(const ace::action::Fail& fail);
  void on(const ace::event::Bytes& bytes);
  void on(const ace::event::StatisticsCame& came);
  void on(const ace::event::NoticeCame& came);

  /// Adds what is known to the element's statistics.
  void write(gstx::Structure& stats);

 private:
  struct Facts {
    std::string state = "idle";
    std::size_t engine = 0;
    std::uint32_t session = 0;
    std::uint64_t sessions = 0, given_up = 0, lost = 0;
    std::string problem; // the last one
    ace::Statistics statistics;
  };

  void post(gstx::Structure message);
  [[nodiscard]] gstx::Structure decision(const char* what, ace::SessionId session) const;

  const std::vector<std::string> engines_;   // as they may be shown
  gx::Guarded<gx::Ref<GstElement>> element_; // empty once closed
  gx::Guarded<Facts> facts_;
  bool opened_ = false; // told; in the thread of the playback
};

} // namespace relevo::acestreamsrc
