// SPDX-License-Identifier: LGPL-2.1-or-later
#include "status_page.hpp"

#include "base/text.hpp"

namespace relevo::admin {
namespace {

std::size_t viewers_of(const sessions::SessionView& session) {
  return session.viewers.size() + session.waiting.size();
}

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    default: out += c;
    }
  }
  return out;
}

} // namespace

nlohmann::json write_status(std::span<const sessions::SessionView> sessions) {
  auto all = nlohmann::json::array();
  for (const auto& session : sessions)
    all.push_back({{"channel", session.channel_uuid},
                   {"channel_name", session.channel_name},
                   {"state", name_of(session.state)},
                   {"switches", session.switches},
                   {"viewers", viewers_of(session)}});
  return {{"sessions", std::move(all)}};
}

std::string write_status_page(std::span<const sessions::SessionView> sessions) {
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                     "<meta http-equiv=\"refresh\" content=\"5\"><title>Relevo: what plays</title></head>\n"
                     "<body><h1>What plays</h1>\n";
  if (sessions.empty()) page += "<p>Nothing.</p>\n";
  if (!sessions.empty())
    page += "<table><tr><th>Channel</th><th>State</th><th>Viewers</th><th>Switches</th></tr>\n";
  for (const auto& session : sessions)
    page += concat("<tr><td>", escape(session.channel_name), "</td><td>", name_of(session.state), "</td><td>",
                   viewers_of(session), "</td><td>", session.switches, "</td></tr>\n");
  if (!sessions.empty()) page += "</table>\n";
  return page +=
         "<p><a href=\"/playlist.m3u\">Playlist</a> <a href=\"/guide.xml\">Guide</a></p></body></html>\n";
}

} // namespace relevo::admin
