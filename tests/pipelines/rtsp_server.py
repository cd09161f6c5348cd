#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Serves a Matroska file with H.264 and AAC as rtsp://127.0.0.1:PORT/tv, again from its start for each client, without
saying how long it is, as live television; prints the port. Debian's python3 has the bindings, others need not."""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)
factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(f"( filesrc location={sys.argv[1]} ! matroskademux name=d"
                   "  d.video_0 ! queue ! h264parse ! rtph264pay name=pay0"
                   "  d.audio_0 ! queue ! aacparse ! rtpmp4gpay name=pay1 )")
factory.set_protocols(GstRtsp.RTSPLowerTrans.TCP)  # nothing is lost where the machine is busy


def hide_length(_, media):
    """GStreamer's jitter buffer (1.22) sometimes stands still for ever where the length that it was told is over in the
    same moment as the stream."""
    for stream in range(media.n_streams()):
        pad = media.get_stream(stream).get_srcpad()
        pad.add_probe(Gst.PadProbeType.QUERY_UPSTREAM, refuse_length)


def refuse_length(_, info):
    asked = info.get_query().type
    return Gst.PadProbeReturn.DROP if asked in (Gst.QueryType.DURATION, Gst.QueryType.SEEKING) else Gst.PadProbeReturn.OK


factory.connect("media-configure", hide_length)
server = GstRtspServer.RTSPServer(address="127.0.0.1", service="0")
server.get_mount_points().add_factory("/tv", factory)
server.attach(None)
print(server.get_bound_port(), flush=True)
GLib.MainLoop().run()
