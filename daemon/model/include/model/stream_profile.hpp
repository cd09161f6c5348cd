// SPDX-License-Identifier: LGPL-2.1-or-later
// How streams are read, by the names that people choose from.
#pragma once

#include "model/ids.hpp"

#include <string>

namespace relevo::model {

enum class StreamProfileKind {
  Proxy,    // by the daemon itself
  Redirect, // not at all: players are sent to the provider
  Command,  // by a program that writes a transport stream to its standard output
};

struct StreamProfile {
  StreamProfileId id{};
  std::string name{};
  StreamProfileKind kind = StreamProfileKind::Proxy;
  std::string command{};    // of kind Command, with {streamUrl}, {userAgent} and {channelId}
  std::string user_agent{}; // "": that of the stream or its account
  bool stock = false;       // comes with the program, and stays as it is

  bool operator==(const StreamProfile&) const = default;
};

} // namespace relevo::model
