// SPDX-License-Identifier: LGPL-2.1-or-later
// The provider that most of these tests talk to.
#pragma once

#include "provider/test_provider.hpp"

namespace relevo::provider::test {

/// Channels "one" (1080p25) and "two" (720p50), and the login "joe" with "secret" for three connections.
inline Options two_channels() {
  Options options;
  options.channels = {{"one", "h264_1080p25"}, {"two", "h264_720p50"}};
  options.logins = {{"joe", "secret", 3}};
  return options;
}

} // namespace relevo::provider::test
