// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel in a test.
#include "channel.hpp"

#include "gst/judge.hpp"
#include "gstx/contract.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace relevo::failoversrc::test {
namespace {

std::string url_of(const provider::TestProvider& provider, const std::string& item) {
  if (item.find("://") != std::string::npos) return item;
  const auto query = std::min(item.find('?'), item.size());
  const std::string name = item.substr(0, query);
  const std::string end = name.ends_with(".m3u8") ? "" : ".ts";
  return provider.url("/live/" + name + end + item.substr(query));
}

std::vector<std::string> urls(const provider::TestProvider& provider, const std::vector<std::string>& list) {
  std::vector<std::string> out;
  for (const std::string& item : list)
    out.push_back(url_of(provider, item));
  return out;
}

} // namespace

std::string uris(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& url : list)
    out += (out.empty() ? "\\\"" : ",\\\"") + url + "\\\"";
  return "uris=\"<" + out + ">\"";
}

Channel::Channel(const std::vector<std::string>& list, const std::string& properties)
    : pipeline("failoversrc name=channel " + uris(urls(provider, list)) + " " + properties +
               " ! fakesink name=out sync=false") {}

void Channel::set_candidates(const std::vector<Fields>& candidates) const {
  GValue list = G_VALUE_INIT;
  g_value_init(&list, GST_TYPE_ARRAY);
  for (const Fields& fields : candidates) {
    GstStructure* structure = gst_structure_new_empty("candidate");
    for (const auto& [name, text] : fields)
      gst_structure_set(structure, name.c_str(), G_TYPE_STRING, text.c_str(), nullptr);
    GValue item = G_VALUE_INIT;
    g_value_init(&item, GST_TYPE_STRUCTURE);
    g_value_take_boxed(&item, structure);
    gst_value_array_append_and_take_value(&list, &item);
  }
  g_object_set_property(G_OBJECT(element().get()), "candidates", &list);
  g_value_unset(&list);
}

gx::Ref<GstMessage> Channel::wait_for(const std::string& decision, std::chrono::milliseconds limit) {
  for (;;) {
    auto message = pipeline.wait_for_element(contract::kFailover, limit);
    if (text_field(message.get(), contract::kDecision) == decision) return message;
  }
}

gx::Ref<GstMessage> Channel::wait_for_switch(const std::string& name) {
  for (;;) {
    auto message = wait_for("switch");
    if (text_field(message.get(), "candidate").find(name) != std::string::npos) return message;
  }
}

std::size_t Channel::count(const std::string& decision) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(pipeline.seen(), [&](const gx::Ref<GstMessage>& message) {
        return gst_message_has_name(message.get(), contract::kFailover) &&
               text_field(message.get(), contract::kDecision) == decision;
      }));
}

Stats Channel::stats() const {
  GstStructure* stats = nullptr;
  g_object_get(element().get(), "stats", &stats, nullptr);
  return Stats(stats);
}

std::string Channel::current() const {
  const Stats all = stats();
  const gchar* id = gst_structure_get_string(all.get(), "current");
  return id ? id : "";
}

Stats Channel::stats_of(const std::string& name) const {
  const Stats all = stats();
  const GValue* candidates = gst_structure_get_value(all.get(), "candidates");
  for (guint i = 0; i < gst_value_array_get_size(candidates); ++i) {
    const auto* one = gst_value_get_structure(gst_value_array_get_value(candidates, i));
    if (std::string(gst_structure_get_string(one, "id")).find(name) != std::string::npos)
      return Stats(gst_structure_copy(one));
  }
  return Stats(gst_structure_new_empty("never-opened"));
}

std::chrono::milliseconds Channel::entry_time(const std::string& name) const {
  const std::chrono::nanoseconds time{static_cast<std::int64_t>(number_field(stats_of(name).get(), "entry"))};
  return std::chrono::ceil<std::chrono::milliseconds>(time);
}

void Channel::command(const char* signal, const std::string& name) const {
  g_signal_emit_by_name(element().get(), signal, url(name).c_str());
}

std::string Channel::url(const std::string& name) const {
  return url_of(provider, name);
}

void Channel::receive(std::size_t bytes) {
  REQUIRE(pipeline.wait_for_bytes(pipeline.byte_count() + bytes, 2 * relevo::test::Pipeline::kPatience));
}

void Channel::stop_and_check() {
  pipeline.stop();
  const std::string bytes = pipeline.bytes();
  CHECK(relevo::test::violations_in(bytes) == "");
  CHECK(relevo::test::decoding_errors_in(bytes) == "");
}

std::string text_field(GstMessage* message, const char* field) {
  const gchar* text = gst_structure_get_string(gst_message_get_structure(message), field);
  return text ? text : "";
}

std::uint64_t number_field(const GstStructure* structure, const char* field) {
  guint64 number = 0;
  REQUIRE(gst_structure_get_uint64(structure, field, &number));
  return number;
}

std::chrono::milliseconds time_field(GstMessage* message, const char* field) {
  const std::chrono::nanoseconds time{
      static_cast<std::int64_t>(number_field(gst_message_get_structure(message), field))};
  return std::chrono::duration_cast<std::chrono::milliseconds>(time);
}

} // namespace relevo::failoversrc::test
