// SPDX-License-Identifier: LGPL-2.1-or-later
// They are what they were at the start: so is the answer.
#include "admin/settings.hpp"

#include "admin/ranks.hpp"
#include "answers.hpp"

namespace relevo::admin {
namespace {

using model::Setting;

const char* name_of(Setting::Origin origin) {
  switch (origin) {
  case Setting::Origin::Default: return "default";
  case Setting::Origin::File: return "file";
  case Setting::Origin::Option: return "option";
  }
  return "";
}

Json described(const char* about, Json schema = {{"type", "string"}}) {
  schema["description"] = about;
  return schema;
}

} // namespace

Json settings_schema() {
  const Json origins = {{"type", "string"}, {"enum", {"default", "file", "option"}}};
  const Json one = {{"type", "object"},
                    {"properties",
                     {{"group", described("in brackets in the file")},
                      {"name", described("in front of the equals sign")},
                      {"value", described("that holds")},
                      {"default", described("that holds where nobody says anything")},
                      {"about", described("what it is for")},
                      {"origin", described("who said it; an option of the command line wins", origins)}}}};
  Json file = described("in which they are changed; null: the daemon was started without one");
  file["nullable"] = true;
  return {{"type", "object"}, {"properties", {{"file", std::move(file)}, {"items", list_schema(one)}}}};
}

void serve_settings(net::Server& server, const model::Settings& settings) {
  constexpr const char* kPath = "/api/v1/settings";
  Json items = Json::array();
  for (const Setting& one : settings.all)
    items.push_back({{"group", one.group},
                     {"name", one.name},
                     {"value", one.value},
                     {"default", one.fallback},
                     {"about", one.about},
                     {"origin", name_of(one.origin)}});
  const Json file = settings.file.empty() ? Json() : Json(settings.file);
  server.serve({net::Method::Get, kPath, "settings, as they were when the daemon started",
                [body = Json{{"file", file}, {"items", std::move(items)}}](const net::Request&) {
                  return answer(body);
                },
                access_for(net::Method::Get, kPath)});
}

} // namespace relevo::admin
