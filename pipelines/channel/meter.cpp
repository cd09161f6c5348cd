// SPDX-License-Identifier: LGPL-2.1-or-later
// From the report of the analyser to what people want to know.
#include "meter.hpp"

#include "gstx/buffer_map.hpp"

namespace relevo::channel {
namespace {

VideoFacts describe(ts::Codec codec, const ts::VideoReport& report) {
  VideoFacts facts;
  facts.codec = name_of(codec);
  if (report.format) {
    facts.profile = profile_name(*report.format);
    facts.width = report.format->width;
    facts.height = report.format->height;
    facts.interlaced = report.format->interlaced;
  }
  facts.frames_per_second = static_cast<double>(report.frame_rate.num) / report.frame_rate.den;
  return facts;
}

AudioFacts describe(const ts::PidReport& pid, const ts::AudioReport& report) {
  AudioFacts facts;
  facts.codec = name_of(report.format ? report.format->codec : pid.codec);
  facts.language = pid.language;
  if (report.format) {
    facts.sample_rate = report.format->sample_rate;
    facts.channels = report.format->channels;
  }
  return facts;
}

} // namespace

Meter::Meter(GstElement* source)
    : analysis_(std::make_shared<Analysis>()),
      pad_(gx::Ref<GstPad>::adopt(gst_element_get_static_pad(source, "src"))) {
  const auto look = [](GstPad*, GstPadProbeInfo* info, gpointer shared) noexcept {
    const gstx::ReadMap map(GST_PAD_PROBE_INFO_BUFFER(info));
    const auto analysis = (*static_cast<std::shared_ptr<Analysis>*>(shared))->lock();
    analysis->push(map.bytes());
    return GST_PAD_PROBE_OK;
  };
  const auto forget = [](gpointer shared) noexcept {
    delete static_cast<std::shared_ptr<Analysis>*>(shared);
  };
  probe_ = gst_pad_add_probe(pad_.get(), GST_PAD_PROBE_TYPE_BUFFER, look,
                             new std::shared_ptr<Analysis>(analysis_), forget);
}

Meter::~Meter() {
  gst_pad_remove_probe(pad_.get(), probe_);
}

Facts Meter::facts() const {
  const auto report = analysis_->lock()->report();
  Facts facts;
  facts.bits_per_second = report.rate.current;
  for (const ts::PidReport& pid : report.pids) {
    if (pid.programme == 0) continue;
    if (pid.video && !facts.video) facts.video = describe(pid.codec, *pid.video);
    if (pid.audio) facts.audio.push_back(describe(pid, *pid.audio));
  }
  return facts;
}

} // namespace relevo::channel
