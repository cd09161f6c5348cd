// SPDX-License-Identifier: LGPL-2.1-or-later
// The parts of relevod, in the order in which they stand on each other.
#pragma once

#include "access/guard.hpp"
#include "admin/alert_watch.hpp"
#include "admin/api.hpp"
#include "admin/events.hpp"
#include "admin/figure_book.hpp"
#include "admin/monitor.hpp"
#include "admin/tally.hpp"
#include "admin/web_hooks.hpp"
#include "app/config.hpp"
#include "app/playback.hpp"
#include "app/state.hpp"
#include "history/recorder.hpp"
#include "logging/log_book.hpp"
#include "logos/logos.hpp"
#include "net/server.hpp"
#include "outputs/outputs.hpp"
#include "panel/panel.hpp"
#include "portal/portal.hpp"
#include "tuner/tuner.hpp"

namespace relevo::app {

/// What happens is told and kept, who may ask is decided, and who asks is heard. What it is made of must
/// outlive it. In the main thread, as the next one.
struct Base {
  Base(const Config& config, const State& state, const Log& log);

  history::Recorder recorder;
  admin::WebHooks hooks;
  admin::Events events;
  access::Guard guard;
  net::Server server;
};

/// What the server answers. It is made when it is known where the server listens, because no provider may
/// lead the daemon to itself: `config` says so, as its playback.reach.
struct Services {
  Services(Base& base, const Config& config, const State& state, logging::LogBook& book, const Log& log);

  admin::Tally tally;
  admin::AlertWatch alerts;
  Playback playback;
  admin::FigureBook figures;
  tuner::Tuner tuner;
  logos::Logos logos;
  admin::Api api;
  admin::Monitor monitor;
  outputs::Outputs outputs;
  panel::Panel panel;
  portal::Portal portal;
};

} // namespace relevo::app
