// SPDX-License-Identifier: LGPL-2.1-or-later
// The structures of the elements, from and to values.
#pragma once

#include "channel/channel_spec.hpp"
#include "gx/handle.hpp"
#include "gx/ref.hpp"

#include <gst/gst.h>

namespace relevo::channel {

using OwnedStructure = gx::Handle<GstStructure, gst_structure_free>;

/// Sets the properties of failoversrc that tell its sources.
void write_sources(const Sources& sources, GstElement* failoversrc);

[[nodiscard]] Decision read_decision(const GstStructure* message);
[[nodiscard]] Departure read_departure(const GstStructure* message);
/// From the statistics of failoversrc and tsfanoutsink.
[[nodiscard]] ChannelStats read_stats(const GstStructure* source, const GstStructure* sink);

/// Throws std::runtime_error where there is none of this kind.
[[nodiscard]] gx::Ref<GstElement> make_element(const char* kind);
/// For people.
[[nodiscard]] std::string text_of(GstMessage* error);

/// A field; "" where there is none.
[[nodiscard]] std::string text_field(const GstStructure* structure, const char* field);

} // namespace relevo::channel
