// SPDX-License-Identifier: LGPL-2.1-or-later
// ByteSource: what all our source elements have in common: blocking reads in the streaming thread, cancelled
// from others.
#pragma once

#include "base/bytes.hpp"
#include "gstx/element.hpp"
#include "gstx/source_failure.hpp"
#include "gx/cancel.hpp"
#include "gx/guarded.hpp"

#include <gst/base/gstpushsrc.h>
#include <memory>
#include <tl/expected.hpp>

namespace relevo::gstx {

/// Brings the bytes of one start of a source, or of what comes after a flush. Used in the streaming thread,
/// also where it was made in that of the state change.
class ByteReader {
 public:
  ByteReader() = default;
  ByteReader(const ByteReader&) = delete;
  ByteReader& operator=(const ByteReader&) = delete;
  virtual ~ByteReader() = default;

  /// Waits for bytes and says how many it wrote; 0 at the end. Returns soon after the token is cancelled,
  /// with whatever. Opening is part of the first read, so that no state change waits for it.
  [[nodiscard]] virtual tl::expected<std::size_t, SourceFailure> read(MutableBytes room,
                                                                      const gx::CancelToken& token) = 0;
  /// Whether what the last read brought does not follow on what was brought before.
  [[nodiscard]] virtual bool discontinuous() const noexcept { return false; }
};

using ReaderResult = tl::expected<std::unique_ptr<ByteReader>, SourceFailure>;

/// The base of a source's Impl. Its output is live and stamped with the time of arrival; its buffers hold up
/// to 64 KiB, cut anywhere.
class ByteSource {
 public:
  using Parent = GstPushSrc;
  using ParentClass = GstPushSrcClass;
  static GType parent_type() { return GST_TYPE_PUSH_SRC; }

  explicit ByteSource(GstPushSrc* element);
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  /// Wires the virtual functions of GstBaseSrc, and adds the pad template of a transport stream.
  template <class Impl>
  static void set_up_source(GstPushSrcClass* klass);

  // The virtual functions.
  [[nodiscard]] bool start();
  void stop();
  void unlock();
  void unlock_stop();
  [[nodiscard]] GstFlowReturn fill(GstBuffer* buffer);

 protected:
  /// Reads the settings; connects to nothing yet.
  [[nodiscard]] virtual ReaderResult make_reader() = 0;

  [[nodiscard]] GstElement* element() const noexcept { return GST_ELEMENT_CAST(element_); }
  [[nodiscard]] std::uint64_t bytes_read() { return *bytes_.lock(); }

 private:
  static void add_pad_template(GstElementClass* klass);
  [[nodiscard]] bool begin();

  GstPushSrc* element_;
  std::unique_ptr<ByteReader> reader_; // between start and stop
  gx::CancelToken used_;               // by the last read
  gx::Guarded<gx::CancelToken> token_;
  gx::Guarded<std::uint64_t> bytes_; // since the start
};

template <class Impl>
void ByteSource::set_up_source(GstPushSrcClass* klass) {
  using Type = ElementType<Impl>;
  add_pad_template(GST_ELEMENT_CLASS(klass));
  auto* base = GST_BASE_SRC_CLASS(klass);
  base->start = [](GstBaseSrc* src) noexcept -> gboolean {
    return gx::call_from_c("start", [src] { return gboolean{Type::of(src).start()}; });
  };
  base->stop = [](GstBaseSrc* src) noexcept -> gboolean {
    gx::call_from_c("stop", [src] { Type::of(src).stop(); });
    return TRUE;
  };
  base->unlock = [](GstBaseSrc* src) noexcept -> gboolean {
    gx::call_from_c("unlock", [src] { Type::of(src).unlock(); });
    return TRUE;
  };
  base->unlock_stop = [](GstBaseSrc* src) noexcept -> gboolean {
    gx::call_from_c("unlock_stop", [src] { Type::of(src).unlock_stop(); });
    return TRUE;
  };
  base->is_seekable = [](GstBaseSrc*) noexcept -> gboolean { return FALSE; };
  klass->fill = [](GstPushSrc* src, GstBuffer* buffer) noexcept -> GstFlowReturn {
    GstFlowReturn flow = GST_FLOW_ERROR;
    gx::call_from_c("fill", [&] { flow = Type::of(src).fill(buffer); });
    return flow;
  };
}

} // namespace relevo::gstx
