// SPDX-License-Identifier: LGPL-2.1-or-later
// The checker: packets, their counters and their clock; tables and units have rules of their own.
#include "ts/check.hpp"

#include "check_tables.hpp"
#include "check_units.hpp"
#include "ts/continuity.hpp"
#include "ts/descriptors.hpp"
#include "ts/sync.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <set>

namespace relevo::ts {
namespace {

// The standard allows 100 ms; senders that aim at it round.
constexpr Pcr kLongestPcrGap = kPcrPerSecond / 10 + kPcrPerSecond / 1000;
constexpr Pid kLastReservedPid = 0x1f; // tables of DVB
constexpr Pid kAtscBasePid = 0x1ffb;

struct PidState {
  explicit PidState(Pid) noexcept {}

  ContinuityCounter counter;
  Packet last_payload{}; // to tell a duplicate from another packet of the same counter
  bool scrambled = false;
  bool unreferenced_reported = false;
  std::unique_ptr<UnitRules> units; // of a PID with PES packets that the PMT mentions
};

/// Two packets that may stand for each other: duplicates may differ in their PCR alone.
[[nodiscard]] bool are_duplicates(PacketView a, PacketView b) noexcept {
  const std::size_t clock_end = a.has_pcr() && b.has_pcr() ? 12 : 6;
  return std::ranges::equal(a.bytes().first(6), b.bytes().first(6)) &&
         std::ranges::equal(a.bytes().subspan(clock_end), b.bytes().subspan(clock_end));
}

} // namespace

std::string in_milliseconds(Ticks ticks) {
  const Ticks tenths = (std::abs(ticks) * 10'000 + kTicksPerSecond / 2) / kTicksPerSecond;
  std::string text = ticks < 0 ? "-" : "";
  text += std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " ms";
  return text;
}

std::string_view name_of(ViolationKind kind) noexcept {
  switch (kind) {
  case ViolationKind::Sync: return "sync";
  case ViolationKind::TransportError: return "tei";
  case ViolationKind::Adaptation: return "adaptation";
  case ViolationKind::Scrambled: return "scrambled";
  case ViolationKind::Continuity: return "cc";
  case ViolationKind::TableCrc: return "psi-crc";
  case ViolationKind::TableVersion: return "psi-version";
  case ViolationKind::TableMissing: return "psi-missing";
  case ViolationKind::Programmes: return "programmes";
  case ViolationKind::PcrBackwards: return "pcr-back";
  case ViolationKind::PcrGap: return "pcr-gap";
  case ViolationKind::PcrMissing: return "pcr-missing";
  case ViolationKind::DtsOrder: return "dts-order";
  case ViolationKind::PtsBeforeDts: return "pts-before-dts";
  case ViolationKind::DtsGap: return "dts-gap";
  case ViolationKind::Late: return "late";
  case ViolationKind::Lead: return "lead";
  case ViolationKind::BrokenPes: return "pes";
  case ViolationKind::Orphan: return "orphan";
  case ViolationKind::FirstPicture: return "first-picture";
  case ViolationKind::RandomAccessLie: return "rai";
  case ViolationKind::Unreferenced: return "unreferenced";
  }
  return "";
}

struct Checker::Impl {
  Impl(OnViolation on_violation, CheckLimits limits)
      : context{.on_violation = std::move(on_violation), .limits = limits} {}

  void on_packet(PacketView packet);
  void judge_sync();
  void on_clear_payload(PacketView packet, PidState& state, bool lost);
  void on_clock(PacketView packet);
  void on_pcr(Pcr now);
  void on_tables();
  void refer_to_streams(const Pmt& pmt);
  void refer_to_conditional_access(Bytes descriptors);
  void finish();

  CheckContext context;
  PacketSync sync;
  std::uint64_t skipped = 0; // bytes that were reported
  PidTable<PidState> pids;
  TableRules tables{context};
  std::set<Pid> referenced; // by PMTs, without those that have units
  Pid pcr_pid = kNullPid;
  bool pcr_seen = false;
  bool unit_seen = false;
};

void Checker::Impl::on_packet(PacketView packet) {
  context.offset = sync.packet_offset();
  judge_sync();
  const Pid pid = packet.pid();
  if (pid == kNullPid) return;
  PidState& state = pids[pid];
  if (packet.transport_error()) context.report(ViolationKind::TransportError, pid, "a damaged packet");
  if (!packet.well_formed())
    context.report(ViolationKind::Adaptation, pid, "the adaptation field does not fit into its packet");

  const unsigned last = state.counter.last();
  const bool copy = packet.has_payload() && packet.continuity() == last &&
                    are_duplicates(packet, PacketView{state.last_payload.data()});
  Continuity step = state.counter.push(packet);
  if (step == Continuity::Repeats && !copy) step = Continuity::Breaks;
  if (step == Continuity::Breaks)
    context.report(ViolationKind::Continuity, pid,
                   "counter " + std::to_string(packet.continuity()) + " after " + std::to_string(last));
  if (copy) return; // it brings nothing that was not there
  if (pid == pcr_pid) on_clock(packet);
  if (!packet.has_payload()) return;
  std::memcpy(state.last_payload.data(), packet.data(), kPacketSize);

  const bool scrambled = packet.scrambling() != 0;
  if (scrambled && !state.scrambled)
    context.report(ViolationKind::Scrambled, pid, "the payload is scrambled from here on");
  state.scrambled = scrambled;
  on_clear_payload(packet, state, step == Continuity::Breaks || packet.transport_error());
}

void Checker::Impl::judge_sync() {
  if (sync.skipped_bytes() == skipped) return;
  const std::uint64_t bytes = sync.skipped_bytes() - skipped;
  const bool time_code = skipped == 0 && bytes == 4 && sync.stride() == 192; // in front of every packet
  skipped = sync.skipped_bytes();
  if (!time_code)
    context.report(ViolationKind::Sync, kNullPid, std::to_string(bytes) + " bytes that belong to no packet");
}

void Checker::Impl::on_clear_payload(PacketView packet, PidState& state, bool lost) {
  const Pid pid = packet.pid();
  if (tables.follows(pid)) {
    if (tables.push(packet, lost)) on_tables();
  } else if (state.units) {
    unit_seen = true;
    if (!state.scrambled) state.units->push(packet, lost);
  } else if (pid > kLastReservedPid && pid != kAtscBasePid && !referenced.contains(pid) &&
             !state.unreferenced_reported) {
    state.unreferenced_reported = true;
    context.report(ViolationKind::Unreferenced, pid, "payload on a PID that no table mentions");
  }
}

void Checker::Impl::on_clock(PacketView packet) {
  if (packet.discontinuity()) {
    ++context.time_base;
    context.pcr.reset();
  }
  const auto pcr = packet.pcr();
  if (!pcr) return;
  pcr_seen = true;
  on_pcr(*pcr);
}

void Checker::Impl::on_pcr(Pcr now) {
  const auto last = std::exchange(context.pcr, now);
  if (!last) return;
  const Pcr step = wrapped_difference(now, *last, kPcrModulus);
  if (step <= 0)
    context.report(ViolationKind::PcrBackwards, pcr_pid,
                   "the PCR goes by " + in_milliseconds(step / kPcrPerTick));
  else if (step > kLongestPcrGap)
    context.report(ViolationKind::PcrGap, pcr_pid,
                   in_milliseconds(step / kPcrPerTick) + " from one PCR to the next");
  // A gap was reported as such: it does not count as time without tables as well.
  tables.on_clock(std::clamp(step, Pcr{0}, kLongestPcrGap));
}

void Checker::Impl::on_tables() {
  referenced.clear();
  for (const auto& programme : tables.programmes().programmes()) {
    if (!programme.pmt) continue;
    refer_to_conditional_access(programme.pmt->descriptors);
    if (programme.pmt->pcr_pid != kNullPid) referenced.insert(programme.pmt->pcr_pid);
    for (const Pmt::Stream& stream : programme.pmt->streams) {
      refer_to_conditional_access(stream.descriptors);
      referenced.insert(stream.pid);
    }
  }
  const auto* first = tables.programmes().first();
  if (first == nullptr) return;
  pcr_pid = first->pmt->pcr_pid;
  refer_to_streams(*first->pmt);
}

void Checker::Impl::refer_to_streams(const Pmt& pmt) {
  const std::uint32_t registration = registration_of(pmt.descriptors);
  for (PidState& state : pids)
    state.unreferenced_reported = false;
  std::set<Pid> with_units, with_splices;
  for (const Pmt::Stream& stream : pmt.streams) {
    const Codec codec = classify(stream.stream_type, stream.descriptors, registration);
    if (codec == Codec::Scte35) with_splices.insert(stream.pid);
    if (carries_sections(stream.stream_type, codec)) continue;
    PidState& state = pids[stream.pid];
    if (!state.units || state.units->codec() != codec)
      state.units = std::make_unique<UnitRules>(context, stream.pid, codec);
    with_units.insert(stream.pid);
  }
  for (PidState& state : pids)
    if (state.units && !with_units.contains(state.units->pid())) state.units.reset();
  tables.follow_splices(std::move(with_splices));
}

void Checker::Impl::refer_to_conditional_access(Bytes descriptors) {
  constexpr std::uint8_t kConditionalAccess = 0x09;
  for (const Descriptor descriptor : Descriptors{descriptors})
    if (descriptor.tag == kConditionalAccess && descriptor.body.size() >= 4)
      referenced.insert(load_be16(&descriptor.body[2]) & 0x1fff);
}

void Checker::Impl::finish() {
  sync.finish([this](const std::byte* packet) { on_packet(PacketView{packet}); });
  judge_sync();
  tables.finish();
  if (unit_seen && !pcr_seen) context.report(ViolationKind::PcrMissing, pcr_pid, "the programme has no PCR");
}

Checker::Checker(OnViolation on_violation, CheckLimits limits)
    : impl_(std::make_unique<Impl>(std::move(on_violation), limits)) {}
Checker::~Checker() = default;
Checker::Checker(Checker&&) noexcept = default;
Checker& Checker::operator=(Checker&&) noexcept = default;

void Checker::push(Bytes block) {
  impl_->sync.read(block, [this](const std::byte* packet) { impl_->on_packet(PacketView{packet}); });
}

void Checker::finish() {
  impl_->finish();
}

} // namespace relevo::ts
