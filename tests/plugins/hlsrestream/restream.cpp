// SPDX-License-Identifier: LGPL-2.1-or-later
// Feeding, collecting and judging.
#include "restream.hpp"

#include "base/text.hpp"
#include "gstx/buffer_map.hpp"
#include "gx/error.hpp"
#include "ts/splice.hpp"

#include <doctest/doctest.h>
#include <fstream>

namespace relevo::hlsrestream::test {

std::string spliced(const std::vector<std::string>& clips) {
  ts::Splicer splicer;
  for (const auto& clip : clips) {
    const std::string bytes =
        content_of(std::filesystem::path(std::getenv("RELEVO_TEST_MEDIA")) / (clip + ".ts"));
    const auto source = splicer.add_source();
    splicer.switch_to(source);
    splicer.push(source, as_bytes(bytes));
    splicer.end(source);
  }
  return std::string(as_text(splicer.output()));
}

TemporaryFolder::TemporaryFolder() {
  gx::GlibError error;
  const gx::CString path(g_dir_make_tmp("relevo-hls-XXXXXX", error.out()));
  REQUIRE_MESSAGE(path, error.text());
  path_ = path.get();
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::vector<std::string> TemporaryFolder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path_))
    names.push_back(entry.path().filename());
  std::ranges::sort(names);
  return names;
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE_MESSAGE(in.good(), file.string());
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Restream::Restream(const std::string& properties)
    : linter([](bool law, const char* name) { CHECK_MESSAGE(law, std::string(name)); }) {
  relevo::test::init_gstreamer();
  gx::GlibError error;
  element_ = gx::Ref<GstElement>::sink(gst_parse_launch(("hlsrestream " + properties).c_str(), error.out()));
  REQUIRE_MESSAGE(!error, error.text());
  bus_ = gx::Ref<GstBus>::adopt(gst_bus_new());
  gst_element_set_bus(element_.get(), bus_.get());
  pad_ = gx::Ref<GstPad>::sink(gst_pad_new("src", GST_PAD_SRC));
  const auto sink = gx::Ref<GstPad>::adopt(gst_element_get_static_pad(element_.get(), "sink"));
  REQUIRE(gst_pad_link(pad_.get(), sink.get()) == GST_PAD_LINK_OK);
  connect();
}

Restream::~Restream() {
  gst_element_set_state(element_.get(), GST_STATE_NULL);
  gst_pad_set_active(pad_.get(), FALSE);
  gst_element_set_bus(element_.get(), nullptr);
}

void Restream::connect() {
  using gx::SignalConnection;
  connections_.push_back(SignalConnection::connect<void(const gchar*, GstBufferList*)>(
      element_.get(), "new-file",
      [this](const gchar* name, GstBufferList* bytes) { keep_file(name, bytes); }));
  connections_.push_back(
      SignalConnection::connect<void(const gchar*)>(element_.get(), "delete-file", [this](const gchar* name) {
        linter.deleted(name);
        files_.erase(name);
      }));
  connections_.push_back(SignalConnection::connect<void(const gchar*)>(element_.get(), "new-playlist",
                                                                       [this](const gchar* text) {
                                                                         playlists_.emplace_back(text);
                                                                         linter.check(playlists_.back());
                                                                         if (on_playlist) on_playlist();
                                                                       }));
}

void Restream::keep_file(const std::string& name, GstBufferList* bytes) {
  std::string content;
  for (guint i = 0; i < gst_buffer_list_length(bytes); ++i)
    content += as_text(gstx::ReadMap(gst_buffer_list_get(bytes, i)).bytes());
  CHECK_MESSAGE(std::ranges::find(names_, name) == names_.end(), name);
  names_.push_back(name);
  files_[name] = std::move(content);
}

bool Restream::start() {
  if (gst_element_set_state(element_.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) return false;
  gst_pad_set_active(pad_.get(), TRUE);
  gst_pad_push_event(pad_.get(), gst_event_new_stream_start("test"));
  const auto caps = gx::Ref<GstCaps>::adopt(gst_caps_from_string("video/mpegts, systemstream=(boolean)true"));
  gst_pad_push_event(pad_.get(), gst_event_new_caps(caps.get()));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_BYTES);
  gst_pad_push_event(pad_.get(), gst_event_new_segment(&segment));
  return true;
}

void Restream::set_state(GstState state) {
  CHECK(gst_element_set_state(element_.get(), state) != GST_STATE_CHANGE_FAILURE);
  gst_pad_set_active(pad_.get(), FALSE);
}

GstFlowReturn Restream::push(std::string_view bytes, std::size_t block) {
  GstFlowReturn flow = GST_FLOW_OK;
  while (flow == GST_FLOW_OK && !bytes.empty()) {
    const auto taken = bytes.substr(0, block);
    bytes.remove_prefix(taken.size());
    auto buffer = gx::Ref<GstBuffer>::adopt(gst_buffer_new_allocate(nullptr, taken.size(), nullptr));
    gst_buffer_fill(buffer.get(), 0, taken.data(), taken.size());
    flow = push(std::move(buffer));
  }
  return flow;
}

void Restream::flush() {
  gst_pad_push_event(pad_.get(), gst_event_new_flush_start());
  gst_pad_push_event(pad_.get(), gst_event_new_flush_stop(TRUE));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_BYTES);
  gst_pad_push_event(pad_.get(), gst_event_new_segment(&segment));
  gst_element_set_state(element_.get(), GST_STATE_PLAYING); // which a pipeline would do
}

void Restream::run(std::string_view bytes, std::size_t block) {
  REQUIRE(start());
  CHECK(push(bytes, block) == GST_FLOW_OK);
  end();
  stop();
}

std::string Restream::segment(std::uint64_t sequence) const {
  const auto& segments = playlist().segments;
  const auto index = sequence - playlist().first_sequence();
  REQUIRE(index < segments.size());
  return files_.at(segments[index].uri);
}

std::string Restream::all_segments() const {
  std::string all;
  for (const auto& segment : playlist().segments)
    all += files_.at(segment.uri);
  return all;
}

void Restream::drain_bus() {
  while (auto message = gx::Ref<GstMessage>::adopt(gst_bus_pop(bus_.get())))
    messages_.push_back(std::move(message));
}

std::vector<std::string> Restream::decisions(const std::string& decision) {
  drain_bus();
  std::vector<std::string> found;
  for (const auto& message : messages_) {
    if (!gst_message_has_name(message.get(), "relevo-hls")) continue;
    const GstStructure* what = gst_message_get_structure(message.get());
    if (gst_structure_get_string(what, "decision") != decision) continue;
    found.emplace_back(gx::CString(gst_structure_to_string(what)).get());
  }
  return found;
}

std::vector<std::string> Restream::complaints(GstMessageType type) {
  drain_bus();
  std::vector<std::string> found;
  for (const auto& message : messages_) {
    if (GST_MESSAGE_TYPE(message.get()) != type) continue;
    gx::GlibError error;
    if (type == GST_MESSAGE_ERROR)
      gst_message_parse_error(message.get(), error.out(), nullptr);
    else
      gst_message_parse_warning(message.get(), error.out(), nullptr);
    found.push_back(
        concat(g_quark_to_string(error.get()->domain), ' ', error.get()->code, ' ', error.text()));
  }
  return found;
}

} // namespace relevo::hlsrestream::test
