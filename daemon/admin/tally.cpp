// SPDX-License-Identifier: LGPL-2.1-or-later
#include "admin/tally.hpp"

namespace relevo::admin {

void Tally::count(const sessions::Event& event) {
  using enum sessions::Happening;
  switch (event.what) {
  case SessionOpened: ++opened; break;
  case CandidateTried: ++tried; break;
  case CandidateFailed: ++failed[event.failure]; break;
  case SlotRefused: ++slots_refused; break;
  case Switched:
    if (!event.from.empty()) ++switched;
    break;
  case AllFailed: ++all_failed; break;
  case ViewerJoined: ++joined; break;
  case ViewerRefused: ++refused; break;
  case ViewerLeft:
    bytes += event.bytes;
    skips += event.skips;
    break;
  case SessionClosed:
  case ConnectionAwaited:
  case ViewerRedirected:
  case SlateShown:
  case SlateHidden: break;
  }
}

} // namespace relevo::admin
