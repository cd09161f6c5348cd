// SPDX-License-Identifier: LGPL-2.1-or-later
// The plugin `relevo` and the list of its elements.
#include <gst/gst.h>

GST_ELEMENT_REGISTER_DECLARE(acestreamsrc)
GST_ELEMENT_REGISTER_DECLARE(execsrc)
GST_ELEMENT_REGISTER_DECLARE(failoversrc)
GST_ELEMENT_REGISTER_DECLARE(hlsrestream)
GST_ELEMENT_REGISTER_DECLARE(m3uprofilesel)
GST_ELEMENT_REGISTER_DECLARE(tsfanoutsink)
GST_ELEMENT_REGISTER_DECLARE(tshlssrc)
GST_ELEMENT_REGISTER_DECLARE(tshttpsrc)

namespace {

gboolean register_elements(GstPlugin* plugin) noexcept {
  return GST_ELEMENT_REGISTER(acestreamsrc, plugin) && GST_ELEMENT_REGISTER(execsrc, plugin) &&
         GST_ELEMENT_REGISTER(failoversrc, plugin) && GST_ELEMENT_REGISTER(hlsrestream, plugin) &&
         GST_ELEMENT_REGISTER(m3uprofilesel, plugin) && GST_ELEMENT_REGISTER(tsfanoutsink, plugin) &&
         GST_ELEMENT_REGISTER(tshlssrc, plugin) && GST_ELEMENT_REGISTER(tshttpsrc, plugin);
}

} // namespace

#define PACKAGE "relevo"
GST_PLUGIN_DEFINE(GST_VERSION_MAJOR, GST_VERSION_MINOR, relevo, "Television from sources that fail",
                  register_elements, RELEVO_VERSION, "LGPL", "Relevo", "https://relevo.invalid/")
