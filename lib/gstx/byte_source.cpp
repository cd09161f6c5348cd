// SPDX-License-Identifier: LGPL-2.1-or-later
// Starting, filling and stopping of byte sources.
#include "gstx/byte_source.hpp"

#include "gstx/buffer_map.hpp"

#include <utility>

namespace relevo::gstx {
namespace {

constexpr guint kBlockSize = 348 * 188; // whole packets, just under 64 KiB

GstStaticPadTemplate source_template = GST_STATIC_PAD_TEMPLATE(
    "src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS("video/mpegts, systemstream = (boolean) true"));

} // namespace

void ByteSource::add_pad_template(GstElementClass* klass) {
  gst_element_class_add_static_pad_template(klass, &source_template);
}

ByteSource::ByteSource(GstPushSrc* element) : element_(element) {
  auto* base = GST_BASE_SRC_CAST(element);
  gst_base_src_set_live(base, TRUE);
  gst_base_src_set_format(base, GST_FORMAT_TIME);
  gst_base_src_set_do_timestamp(base, TRUE);
  gst_base_src_set_blocksize(base, kBlockSize);
}

bool ByteSource::start() {
  *bytes_.lock() = 0;
  used_ = {};
  return begin();
}

bool ByteSource::begin() {
  auto reader = make_reader();
  if (reader)
    reader_ = std::move(*reader);
  else
    post_failure(element(), reader.error());
  return bool(reader_);
}

void ByteSource::stop() {
  reader_.reset();
}

void ByteSource::unlock() {
  token_.lock()->cancel();
}

void ByteSource::unlock_stop() {
  *token_.lock() = gx::CancelToken();
}

GstFlowReturn ByteSource::fill(GstBuffer* buffer) {
  const gx::CancelToken token = *token_.lock();
  // A flush ends what was being read, and the stream goes on with another connection.
  if (std::exchange(used_, token).cancelled() && !begin()) return GST_FLOW_ERROR;
  tl::expected<std::size_t, SourceFailure> got = 0;
  {
    const WriteMap map(buffer);
    got = reader_->read(map.bytes(), token);
  }
  if (token.cancelled()) return GST_FLOW_FLUSHING;
  if (!got) {
    post_failure(element(), got.error());
    return GST_FLOW_ERROR;
  }
  if (*got == 0) return GST_FLOW_EOS;
  gst_buffer_set_size(buffer, static_cast<gssize>(*got));
  if (reader_->discontinuous()) GST_BUFFER_FLAG_SET(buffer, GST_BUFFER_FLAG_DISCONT);
  *bytes_.lock() += *got;
  return GST_FLOW_OK;
}

} // namespace relevo::gstx
