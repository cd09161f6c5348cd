// SPDX-License-Identifier: LGPL-2.1-or-later
// SourceFailure: why a source of ours stopped, as a value and as the error message on the bus.
#pragma once

#include "policy/failure.hpp"

#include <gst/gst.h>
#include <optional>
#include <string>

namespace relevo::gstx {

/// In what form an address gives its media, and so which element reads it; each is found out by the one
/// before.
enum class Form {
  TransportStream, // tshttpsrc
  Playlist,        // of HLS with segments of transport stream: tshlssrc
  Container,       // MP4, Matroska, DASH …, for which it takes a demuxer: relevo-worker, run by execsrc
};

/// Fixed names: "transport-stream", "playlist", "container".
[[nodiscard]] const char* name_of(Form form) noexcept;

struct SourceFailure {
  policy::Failure kind = policy::Failure::Other;
  int status = 0;                // of the answer, with Failure::Status
  std::string message;           // for the user: a sentence, without secrets
  std::string detail;            // for the developer: the failing call and its code; "": nothing to add
  std::optional<Form> form = {}; // in which another element can read what the address gives
};

/// Posts it as an error of `element`; its details name the kind, see contract.hpp. From any thread.
void post_failure(GstElement* element, const SourceFailure& failure);

/// What an error message says, of our elements and, as far as GStreamer's domains and codes tell, of others.
[[nodiscard]] SourceFailure read_failure(GstMessage* error);

} // namespace relevo::gstx
