// SPDX-License-Identifier: LGPL-2.1-or-later
// Details back from JSON. What is not as it was written is left out.
#include "programme_view.hpp"

#include <array>

namespace relevo::outputs {
namespace {

using Json = nlohmann::json;
using xmltv::Text;

struct NamedRole {
  std::string_view name;
  xmltv::Role role;
};
constexpr std::array<NamedRole, 10> kRoles = {{{"director", xmltv::Role::Director},
                                               {"actor", xmltv::Role::Actor},
                                               {"writer", xmltv::Role::Writer},
                                               {"adapter", xmltv::Role::Adapter},
                                               {"producer", xmltv::Role::Producer},
                                               {"composer", xmltv::Role::Composer},
                                               {"editor", xmltv::Role::Editor},
                                               {"presenter", xmltv::Role::Presenter},
                                               {"commentator", xmltv::Role::Commentator},
                                               {"guest", xmltv::Role::Guest}}};

xmltv::Role role_of(std::string_view name) {
  const auto found = std::ranges::find(kRoles, name, &NamedRole::name);
  return found == kRoles.end() ? xmltv::Role::Actor : found->role;
}

std::string_view text_of(const Json& value) {
  const auto* text = value.get_ptr<const std::string*>();
  return text ? std::string_view(*text) : std::string_view();
}

/// Of a list; what stands alone is the first of one.
std::string_view text_at(const Json& list, std::size_t at) {
  if (!list.is_array()) return at == 0 ? text_of(list) : std::string_view();
  return at < list.size() ? text_of(list[at]) : std::string_view();
}

Text one_text(const Json& item) {
  return {text_at(item, 0), text_at(item, 1)};
}

xmltv::Person person(const Json& item) {
  xmltv::Person person;
  person.role = role_of(text_at(item, 0));
  person.name = text_at(item, 1);
  person.character = text_at(item, 2);
  person.guest = item.is_array() && item.size() > 3;
  return person;
}

xmltv::Rating rating(const Json& item) {
  return {text_at(item, 0), text_at(item, 1), {}};
}

xmltv::Subtitles subtitles(const Json& item) {
  const auto language = text_at(item, 1);
  return {text_at(item, 0), language.empty() ? std::nullopt : std::optional(Text{language, {}})};
}

class Details {
 public:
  explicit Details(const Json& json) : json_(json) {}

  void add_to(xmltv::Programme& programme) const {
    add_texts(programme);
    add_lists(programme);
    add_facts(programme);
  }

 private:
  void add_texts(xmltv::Programme& programme) const {
    list("title", programme.titles, one_text);
    list("sub-title", programme.sub_titles, one_text);
    list("desc", programme.descs, one_text);
    list("category", programme.categories, one_text);
    list("keyword", programme.keywords, one_text);
    list("language", programme.languages, one_text);
    list("country", programme.countries, one_text);
    text("orig-language", programme.orig_language);
    text("premiere", programme.premiere);
    text("last-chance", programme.last_chance);
  }

  void add_lists(xmltv::Programme& programme) const {
    list("credits", programme.credits, person);
    list("episode-num", programme.episodes, [](const Json& item) {
      return xmltv::EpisodeNumber{text_at(item, 0), text_at(item, 1)};
    });
    list("icon", programme.icons, [](const Json& item) { return xmltv::Icon{text_of(item), {}, {}}; });
    list("url", programme.urls, [](const Json& item) { return xmltv::Url{text_of(item), {}}; });
    list("image", programme.images, [](const Json& item) {
      return xmltv::Image{text_at(item, 0), text_at(item, 1), text_at(item, 2), text_at(item, 3), {}};
    });
    list("rating", programme.ratings, rating);
    list("star-rating", programme.star_ratings, rating);
    list("review", programme.reviews, [](const Json& item) {
      return xmltv::Review{text_at(item, 0), text_at(item, 1), text_at(item, 2), text_at(item, 3), {}};
    });
    list("subtitles", programme.subtitles, subtitles);
  }

  void add_facts(xmltv::Programme& programme) const {
    programme.date = value("date");
    programme.catchup_id = value("catchup-id");
    if (const auto* length = find("length"); length && length->is_number_integer())
      programme.length = std::chrono::seconds(length->get<std::int64_t>());
    programme.is_new = find("new") != nullptr;
    programme.live = find("live") != nullptr;
    if (!value("aspect").empty() || !value("quality").empty())
      programme.video = xmltv::Video{{}, {}, value("aspect"), value("quality")};
    if (!value("stereo").empty()) programme.audio = xmltv::Audio{{}, value("stereo")};
    if (const auto* shown = find("previously-shown")) {
      auto& showing = programme.previously_shown.emplace();
      showing.channel = text_at(*shown, 1);
      if (shown->is_array() && !shown->empty() && shown->front().is_number_integer())
        showing.start.emplace(std::chrono::seconds(shown->front().get<std::int64_t>()));
    }
  }

  /// Null: there is none.
  [[nodiscard]] const Json* find(const char* name) const {
    const auto found = json_.find(name);
    return found == json_.end() ? nullptr : &*found;
  }
  [[nodiscard]] std::string_view value(const char* name) const {
    const auto* found = find(name);
    return found ? text_of(*found) : std::string_view();
  }
  void text(const char* name, std::optional<Text>& text) const {
    if (const auto* found = find(name)) text = one_text(*found);
  }
  template <class T, class Read>
  void list(const char* name, std::vector<T>& all, Read&& read) const {
    const auto* found = find(name);
    if (!found || !found->is_array()) return;
    all.clear();
    for (const auto& item : *found)
      all.push_back(read(item));
  }

  const Json& json_;
};

} // namespace

Json read_details(const model::Programme& programme) {
  if (programme.details.empty() || programme.details == "{}") return Json::object();
  auto details = Json::parse(programme.details, nullptr, false);
  return details.is_object() ? details : Json::object();
}

xmltv::Programme view(const model::Programme& programme, const Json& details, std::string_view channel,
                      std::string_view title) {
  xmltv::Programme seen;
  seen.start = programme.start;
  if (programme.stop > programme.start) seen.stop = programme.stop;
  seen.channel = channel;
  seen.titles.push_back({programme.title.empty() ? title : std::string_view(programme.title), {}});
  if (!programme.subtitle.empty()) seen.sub_titles.push_back({programme.subtitle, {}});
  if (!programme.description.empty()) seen.descs.push_back({programme.description, {}});
  Details(details).add_to(seen);
  return seen;
}

} // namespace relevo::outputs
