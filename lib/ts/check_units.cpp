// SPDX-License-Identifier: LGPL-2.1-or-later
// The checker's rules for one elementary stream.
#include "check_units.hpp"

namespace relevo::ts {
namespace {

constexpr Ticks kLongestLead = 10 * kTicksPerSecond;

} // namespace

UnitRules::UnitRules(CheckContext& context, Pid pid, Codec codec)
    : context_(context), pid_(pid), codec_(codec), role_(role_of(codec)) {
  if (role_ == Role::Video && codec != Codec::OtherVideo) probe_.emplace(codec);
}

void UnitRules::push(PacketView packet, bool lost) {
  damaged_ |= lost;
  random_access_announced_ |= packet.random_access();
  const Bytes payload = packet.payload();
  if (payload.empty()) return;
  if (packet.unit_start()) {
    end_unit();
    begin_unit();
  } else if (reader_.state() == PesReader::State::Idle) {
    if (!orphan_reported_)
      context_.report(ViolationKind::Orphan, pid_, "payload before the first PES packet");
    orphan_reported_ = true;
    return;
  }
  const PesReader::State before = reader_.state();
  const Bytes body = reader_.push(payload, packet.unit_start());
  last_pcr_ = context_.pcr;
  if (reader_.state() == PesReader::State::Invalid && (packet.unit_start() || before != reader_.state()))
    context_.report(ViolationKind::BrokenPes, pid_, "no PES header where a PES packet starts");
  if (reader_.state() != PesReader::State::Body) return;
  if (packet.unit_start() || before != PesReader::State::Body) on_header();
  if (reader_.overrun() && !overrun_reported_ && !damaged_) {
    overrun_reported_ = true;
    context_.report(ViolationKind::BrokenPes, pid_,
                    "more than the declared " + std::to_string(reader_.header().packet_size) + " bytes");
  }
  if (!picture_decided_ && probe_->push(body)) on_picture();
}

void UnitRules::begin_unit() {
  stamp_.reset();
  time_base_ = context_.time_base;
  damaged_ = overrun_reported_ = false;
  marked_random_access_ = random_access_announced_;
  random_access_announced_ = false;
  picture_decided_ = !probe_;
  if (probe_) probe_->begin();
}

void UnitRules::end_unit() {
  if (reader_.state() == PesReader::State::Idle || damaged_) return;
  if (reader_.incomplete())
    context_.report(ViolationKind::BrokenPes, pid_,
                    std::to_string(reader_.received()) + " of " +
                        std::to_string(reader_.header().packet_size) + " declared bytes");
  if (reader_.state() != PesReader::State::Body) return;
  if (!picture_decided_) {
    probe_->end();
    on_picture();
  }
  if (role_ == Role::Video && stamp_ && last_pcr_ && time_base_ == context_.time_base)
    judge_arrival(*stamp_, *last_pcr_, 0);
}

void UnitRules::on_header() {
  const PesHeader& header = reader_.header();
  if (!header.pts) return;
  stamp_ = header.dts.value_or(*header.pts);
  const bool timed = role_ == Role::Video || role_ == Role::Audio;
  if (timed) judge_order(*stamp_);
  if (header.dts && wrapped_difference(*header.pts, *header.dts, kTicksModulus) < 0)
    context_.report(ViolationKind::PtsBeforeDts, pid_,
                    "PTS " + std::to_string(*header.pts) + " before DTS " + std::to_string(*header.dts));
  if (!context_.pcr) return;
  if (context_.lead_of(*stamp_) > kLongestLead)
    context_.report(ViolationKind::Lead, pid_,
                    "DTS is " + in_milliseconds(context_.lead_of(*stamp_)) + " ahead of the PCR");
  if (role_ != Role::Video) judge_arrival(*stamp_, *context_.pcr, timed ? 0 : -kLongestLead);
}

void UnitRules::judge_order(Ticks stamp) {
  if (last_stamp_ && last_stamp_base_ == time_base_) {
    const Ticks step = wrapped_difference(stamp, *last_stamp_, kTicksModulus);
    const auto from_to = [&] { return std::to_string(*last_stamp_) + " to " + std::to_string(stamp); };
    if (step <= 0)
      context_.report(ViolationKind::DtsOrder, pid_, "DTS goes from " + from_to());
    else if (step > context_.limits.dts_gap)
      context_.report(ViolationKind::DtsGap, pid_,
                      "DTS jumps by " + in_milliseconds(step) + ", from " + from_to());
  }
  last_stamp_ = stamp;
  last_stamp_base_ = time_base_;
}

void UnitRules::judge_arrival(Ticks stamp, Pcr pcr, Ticks earliest) {
  const Ticks lead = CheckContext::lead_of(stamp, pcr);
  if (lead < earliest)
    context_.report(ViolationKind::Late, pid_,
                    "DTS " + std::to_string(stamp) + " is " + in_milliseconds(-lead) + " behind the PCR");
}

void UnitRules::on_picture() {
  picture_decided_ = true;
  const PictureHead& head = probe_->head();
  if (marked_random_access_ && !head.random_access)
    context_.report(ViolationKind::RandomAccessLie, pid_,
                    "random_access_indicator at a picture where decoding cannot start");
  if (entered_base_ == time_base_) return;
  entered_base_ = time_base_;
  if (!head.random_access)
    context_.report(ViolationKind::FirstPicture, pid_, "the first picture is no random access point");
  else if (head.needs_parameter_sets)
    context_.report(ViolationKind::FirstPicture, pid_, "the first picture comes without its parameter sets");
}

} // namespace relevo::ts
