// SPDX-License-Identifier: LGPL-2.1-or-later
// Providers, playlists and players in tests.
#include "player.hpp"

#include "gstx/contract.hpp"

#include <doctest/doctest.h>
#include <fstream>

namespace relevo::m3uprofilesel::test {

provider::Options small_provider() {
  return {.media = {},
          .channels = {{"one", "h264_720p50"}, {"two", "h264_720p50"}, {"three", "h264_720p50"}},
          .logins = {{"joe", "secret", 1}, {"ann", "secret", 1}}};
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "relevo-m3u-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()));
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code code;
  std::filesystem::remove_all(path_, code);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path(name), std::ios::binary) << text;
  return path(name);
}

std::vector<LoginFields> joe_and_ann() {
  return {{.name = "joe", .search = "", .replace = "", .limit = 1},
          {.name = "ann", .search = "/joe/(?<password>[^/]*)/", .replace = "/ann/$<password>/", .limit = 1}};
}

Player::Player(const std::string& location, const std::string& properties)
    : pipeline("m3uprofilesel name=sel location=\"" + location + "\" " + properties +
               " ! fakesink name=out sync=false") {}

void Player::set_logins(const std::vector<LoginFields>& logins) const {
  GValue array = G_VALUE_INIT;
  g_value_init(&array, GST_TYPE_ARRAY);
  for (const LoginFields& login : logins) {
    GstStructure* structure = gst_structure_new(
        "login", "name", G_TYPE_STRING, login.name.c_str(), "search", G_TYPE_STRING, login.search.c_str(),
        "replace", G_TYPE_STRING, login.replace.c_str(), "limit", G_TYPE_UINT, login.limit, "user-agent",
        G_TYPE_STRING, login.user_agent.c_str(), nullptr);
    GstStructure* headers = gst_structure_new_empty("headers");
    for (const auto& [name, value] : login.headers)
      gst_structure_set(headers, name.c_str(), G_TYPE_STRING, value.c_str(), nullptr);
    gst_structure_set(structure, "headers", GST_TYPE_STRUCTURE, headers, nullptr);
    gst_structure_free(headers);
    GValue item = G_VALUE_INIT;
    g_value_init(&item, GST_TYPE_STRUCTURE);
    g_value_take_boxed(&item, structure);
    gst_value_array_append_and_take_value(&array, &item);
  }
  g_object_set_property(G_OBJECT(element().get()), "logins", &array);
  g_value_unset(&array);
}

gx::Ref<GstMessage> Player::wait_for(const std::string& decision) {
  for (;;) {
    auto message = pipeline.wait_for_element(contract::kProfile);
    if (field(message.get(), contract::kDecision) == decision) return message;
  }
}

void Player::play() {
  const auto before = pipeline.byte_count();
  pipeline.play();
  REQUIRE(pipeline.wait_for_bytes(before + 1));
}

std::string Player::wait_for_error() {
  const auto error = pipeline.wait_for(GST_MESSAGE_ERROR);
  return relevo::test::failure_in(error.get()) + ": " + relevo::test::text_in(error.get());
}

std::string field(GstMessage* message, const char* name) {
  const gchar* text = gst_structure_get_string(gst_message_get_structure(message), name);
  return text ? text : "";
}

std::string error_of(const std::string& location, const std::string& properties) {
  Player player(location, properties);
  gst_element_set_state(player.pipeline.element(), GST_STATE_PLAYING);
  return player.wait_for_error();
}

} // namespace relevo::m3uprofilesel::test
