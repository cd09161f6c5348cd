// SPDX-License-Identifier: LGPL-2.1-or-later
// The names that elements and applications share: messages and the fields of their structures.
#pragma once

namespace relevo::contract {

// Element messages of sources.
/// Connected: the answer is there, or the process runs. Posted once for each start, and after a flush.
inline constexpr const char* kOpened = "relevo-opened";
/// The source gives its bytes in portions. Field kSilence.
inline constexpr const char* kRhythm = "relevo-rhythm";
inline constexpr const char* kSilence = "silence"; // uint64, nanoseconds that are no stall

// Element messages of tshlssrc.
/// Field kDecision says which: variant (address, bandwidth, height where it is said), and what befell the
/// stream, with sequence and count (uint64): segments-lost, segment-given-up, segment-absent, sequence-reset,
/// playlist-frozen, playlist-lost.
inline constexpr const char* kHlsSource = "relevo-hls-source";

// Element messages of failoversrc.
/// A decision. Field kDecision says which; the others are there where they say something: candidate, label,
/// attempt (uint), reason, failure, status, text, measured, limit, gap, wait (uint64, nanoseconds), penalty,
/// form (as in the details of an error).
inline constexpr const char* kFailover = "relevo-failover";
inline constexpr const char* kDecision =
    "decision"; // open, read-as, close, switch, give-up, back-off, slate-on, slate-off, refuse

// Element messages of hlsrestream.
/// What it did. Field kDecision says what; the others are there where they say something: name (of a file),
/// sequence (uint64), part (uint), duration (uint64, nanoseconds), size (uint64, bytes), discontinuity, gap,
/// independent (boolean), time (int64, microseconds since 1970), target-duration (uint, seconds), reason.
inline constexpr const char* kHls = "relevo-hls"; // continue, segment, part, delete, raise-target, drop, end

// Element messages of tsfanoutsink.
/// Of viewers. Field kDecision says what: add, refuse (text), gone (reason, bytes, skips, skipped-bytes,
/// uint64); viewer (uint64, its id) where there is one.
inline constexpr const char* kFanout = "relevo-fanout";

// Options of its action add-viewer, but for the prefix also properties: milliseconds (uint) and bytes
// (uint64).
inline constexpr const char* kPrefix = "prefix"; // string or GBytes, sent before the stream
inline constexpr const char* kBurstTime = "burst-time";
inline constexpr const char* kBurstBytes = "burst-bytes";
inline constexpr const char* kMaxLag = "max-lag";
inline constexpr const char* kViewerTimeout = "viewer-timeout";

// Element messages of m3uprofilesel.
/// A decision. Field kDecision says which: entry (name, tvg-id, entries, faults), open (login, address),
/// play (login), pass-over (login, failure, status, text).
inline constexpr const char* kProfile = "relevo-profile";

// Element messages of acestreamsrc; each with the number of its session (uint).
/// A decision: start, read, give-up, stop, lost. Field kDecision; engine, reason, status, text, rest (uint64,
/// nanoseconds) where they say something.
inline constexpr const char* kAceStream = "relevo-acestream";
/// What the engine says, about every second: phase, progress, peers, download-rate, upload-rate (bytes a
/// second), downloaded, uploaded; of live channels live-position, live-delay, live-window (seconds),
/// buffer-pieces.
inline constexpr const char* kAceStreamStatistics = "relevo-acestream-statistics";
/// What it tells unasked: name, text.
inline constexpr const char* kAceStreamNotice = "relevo-acestream-notice";

// Details of the error message of a source.
inline constexpr const char* kFailure = "relevo-failure";
inline constexpr const char* kKind = "failure";  // string, a name of policy::Failure
inline constexpr const char* kStatus = "status"; // int, the status of the answer; only where there was one
/// string: "playlist" where tshlssrc can read what the address gives, "container" where it takes a demuxer.
inline constexpr const char* kForm = "form";

} // namespace relevo::contract
