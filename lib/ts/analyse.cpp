// SPDX-License-Identifier: LGPL-2.1-or-later
// The analyser: what each packet adds to the measures, and the report built from them.
#include "ts/analyse.hpp"

#include "analyse_clock.hpp"
#include "analyse_units.hpp"
#include "ts/continuity.hpp"
#include "ts/pid_table.hpp"
#include "ts/programme_map.hpp"
#include "ts/service.hpp"
#include "ts/sync.hpp"

#include <algorithm>

namespace relevo::ts {
namespace {

struct PidState {
  explicit PidState(Pid its_pid) noexcept : pid(its_pid) {}

  Pid pid;
  std::uint64_t packets = 0;
  std::uint64_t continuity_errors = 0;
  std::uint64_t transport_errors = 0;
  std::uint64_t scrambled_packets = 0;
  ContinuityCounter counter;
  RateWindow::Counts counts;
  std::unique_ptr<SectionAssembler> sections; // of PAT, PMTs and SDT
  std::unique_ptr<UnitMeter> units;           // of a PID that a PMT mentions
  std::unique_ptr<PcrMeter> clock;            // of a PCR PID
};

bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void describe(PidReport& report, const Pmt::Stream& stream) {
  report.stream_type = stream.stream_type;
  const Bytes loop = stream.descriptors;
  // Some streams have bytes there that are no text at all.
  if (const auto language = language_of(loop); language && std::ranges::all_of(language->code, is_letter))
    report.language = text_of(language->code);
  for (const Descriptor descriptor : Descriptors{loop}) {
    if (descriptor.tag == descriptor_tag::kTeletext)
      for (const TeletextPage page : Entries<TeletextPage>{descriptor.body})
        report.teletext.push_back(page);
    if (descriptor.tag == descriptor_tag::kSubtitling)
      for (const SubtitlingEntry entry : Entries<SubtitlingEntry>{descriptor.body})
        report.subtitles.push_back(entry);
  }
}

} // namespace

struct Analyser::Impl {
  void on_packet(PacketView packet);
  void on_clock(PacketView packet, PidState& state);
  void on_sections(PacketView packet, PidState& state);
  void on_tables();
  [[nodiscard]] PidReport report_of(const PidState& state) const;
  [[nodiscard]] ProgrammeReport report_of(const ProgrammeMap::Programme& programme) const;
  [[nodiscard]] StreamReport report() const;

  PacketSync sync;
  std::optional<Arrival> arrival;
  PidTable<PidState> pids;
  ProgrammeMap programmes;
  TableCollector sdt_table{kTableIdSdt};
  Sdt sdt;
  Pid clock_pid = kNullPid; // of the first programme: its PCR is the time of bit rates
  RateWindow window;
  RateWindow::Counts counts; // of all packets
  std::uint64_t packets = 0;
  std::uint64_t null_packets = 0;
  std::uint64_t broken_sections = 0;
};

void Analyser::Impl::on_packet(PacketView packet) {
  ++packets;
  if (packet.pid() == kNullPid) {
    ++null_packets;
    return;
  }
  PidState& state = pids[packet.pid()];
  if (state.packets++ == 0 && (state.pid == kPatPid || state.pid == kSdtPid))
    state.sections = std::make_unique<SectionAssembler>();
  if (packet.transport_error()) {
    ++state.transport_errors;
    return;
  }
  const Continuity step = state.counter.push(packet);
  if (step == Continuity::Breaks) {
    ++state.continuity_errors;
    if (state.sections) state.sections->reset();
  }
  if (state.clock && packet.has_pcr() && step != Continuity::Repeats) on_clock(packet, state);
  if (!packet.has_payload() || step == Continuity::Repeats) return;
  if (packet.scrambling() != 0) {
    ++state.scrambled_packets;
  } else if (state.sections) {
    on_sections(packet, state);
  } else if (state.units) {
    state.units->push(packet);
  }
}

void Analyser::Impl::on_clock(PacketView packet, PidState& state) {
  const auto step = state.clock->push(*packet.pcr(), packet.discontinuity(), sync.packet_offset(), arrival);
  if (state.pid != clock_pid) return;
  if (!step) {
    window.restart();
    for (PidState& other : pids)
      if (other.units) other.units->on_break();
  }
  if (!window.advance(step.value_or(0))) return;
  window.count(counts, packets);
  for (PidState& other : pids)
    window.count(other.counts, other.packets);
}

void Analyser::Impl::on_sections(PacketView packet, PidState& state) {
  bool changed = false;
  state.sections->push(packet, [&](Bytes section) {
    const bool long_syntax = section.size() > 1 && (load_u8(&section[1]) & 0x80) != 0;
    if (long_syntax && !check_section(section)) ++broken_sections;
    if (state.pid == kSdtPid) {
      if (sdt_table.push(section)) sdt = parse_sdt(sdt_table.sections());
    } else {
      changed |= programmes.push(state.pid, section);
    }
  });
  if (changed) on_tables();
}

void Analyser::Impl::on_tables() {
  for (PidState& state : pids)
    if (state.pid != kPatPid && state.pid != kSdtPid && !programmes.is_pmt_pid(state.pid))
      state.sections.reset();
  for (const auto& programme : programmes.programmes()) {
    PidState& table = pids[programme.pmt_pid];
    if (!table.sections && table.pid != kNullPid) table.sections = std::make_unique<SectionAssembler>();
    if (!programme.pmt) continue;
    const Pmt& pmt = *programme.pmt;
    if (auto& clock = pids[pmt.pcr_pid].clock; !clock) clock = std::make_unique<PcrMeter>();
    for (const Pmt::Stream& stream : pmt.streams) {
      const Codec codec = classify(stream.stream_type, stream.descriptors, registration_of(pmt.descriptors));
      auto& units = pids[stream.pid].units;
      if (!units || units->codec() != codec) units = std::make_unique<UnitMeter>(codec);
    }
  }
  if (const auto* first = programmes.first()) clock_pid = first->pmt->pcr_pid;
}

PidReport Analyser::Impl::report_of(const PidState& state) const {
  PidReport report;
  report.pid = state.pid;
  report.packets = state.packets;
  report.rate = window.rate(state.counts);
  report.continuity_errors = state.continuity_errors;
  report.transport_errors = state.transport_errors;
  report.scrambled_packets = state.scrambled_packets;
  const auto is_video = [&](const Pmt::Stream& stream) {
    const PidState* const other = pids.find(stream.pid);
    return other != nullptr && other->units && role_of(other->units->codec()) == Role::Video;
  };
  for (const auto& programme : programmes.programmes()) {
    if (!programme.pmt) continue;
    const auto stream = std::ranges::find(programme.pmt->streams, state.pid, &Pmt::Stream::pid);
    if (stream == programme.pmt->streams.end() || !state.units) continue;
    report.programme = programme.number;
    report.codec = state.units->codec();
    report.role = role_of(report.codec);
    describe(report, *stream);
    report.units = state.units->units();
    report.video = state.units->video();
    report.audio = state.units->audio();
    const bool starts =
        report.role == Role::Video ||
        (report.role == Role::Audio && std::ranges::none_of(programme.pmt->streams, is_video));
    if (starts) report.random_access_points = state.units->random_access_points();
    break;
  }
  return report;
}

ProgrammeReport Analyser::Impl::report_of(const ProgrammeMap::Programme& programme) const {
  ProgrammeReport report;
  report.number = programme.number;
  report.pmt_pid = programme.pmt_pid;
  const auto service = std::ranges::find(sdt.services, programme.number, &Sdt::Service::id);
  if (service != sdt.services.end()) {
    if (auto name = service_name_of(service->descriptors)) {
      report.provider = std::move(name->provider);
      report.name = std::move(name->name);
    }
  }
  if (!programme.pmt) return report;
  const PidState* const clock = pids.find(programme.pmt->pcr_pid);
  if (clock != nullptr && clock->clock) report.pcr = clock->clock->report(clock->pid);
  for (const Pmt::Stream& stream : programme.pmt->streams)
    report.streams.push_back(stream.pid);
  return report;
}

StreamReport Analyser::Impl::report() const {
  StreamReport report;
  report.packets = packets;
  report.null_packets = null_packets;
  report.skipped_bytes = sync.skipped_bytes();
  report.sync_losses = sync.losses();
  report.packet_size = sync.stride();
  report.broken_sections = broken_sections;
  report.duration = window.elapsed() / kPcrPerTick;
  report.rate = window.rate(counts);
  for (const auto& programme : programmes.programmes())
    report.programmes.push_back(report_of(programme));
  for (const PidState& state : pids) {
    if (state.packets == 0 && !state.units) continue;
    report.pids.push_back(report_of(state));
    report.transport_errors += state.transport_errors;
    report.continuity_errors += state.continuity_errors;
    report.scrambled_packets += state.scrambled_packets;
  }
  std::ranges::sort(report.pids, {}, &PidReport::pid);
  return report;
}

Analyser::Analyser() : impl_(std::make_unique<Impl>()) {}
Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;

void Analyser::push(Bytes block, std::optional<Arrival> arrival) {
  impl_->arrival = arrival;
  impl_->sync.read(block, [this](const std::byte* packet) { impl_->on_packet(PacketView{packet}); });
}

void Analyser::finish() {
  impl_->sync.finish([this](const std::byte* packet) { impl_->on_packet(PacketView{packet}); });
}

StreamReport Analyser::report() const {
  return impl_->report();
}

} // namespace relevo::ts
