// SPDX-License-Identifier: LGPL-2.1-or-later
// Programmes as JSON. Most have little of it, so what is not there costs nothing.
#include "programme_details.hpp"

#include "base/json_text.hpp"

#include <array>

namespace relevo::sources {
namespace {

using xmltv::Programme;
using xmltv::Text;

constexpr std::array<std::string_view, 10> kRoles = {"director",    "actor",    "writer", "adapter",
                                                     "producer",    "composer", "editor", "presenter",
                                                     "commentator", "guest"};

class Details {
 public:
  explicit Details(std::string& out) : json_(out) {}

  void write(const Programme& programme) {
    json_.begin('{');
    write_texts(programme);
    write_credits(programme);
    write_lists(programme);
    write_facts(programme);
    json_.end('}');
  }

 private:
  void write_texts(const Programme& programme) {
    // The first ones have columns; here only where there are others, or their language is told.
    const auto others = [this](std::string_view name, const std::vector<Text>& all) {
      if (all.size() > 1 || (all.size() == 1 && !all.front().lang.empty())) texts(name, all);
    };
    others("title", programme.titles);
    others("sub-title", programme.sub_titles);
    others("desc", programme.descs);
    texts("category", programme.categories);
    texts("keyword", programme.keywords);
    texts("language", programme.languages);
    texts("country", programme.countries);
    text("orig-language", programme.orig_language);
    text("premiere", programme.premiere);
    text("last-chance", programme.last_chance);
  }

  void write_credits(const Programme& programme) {
    list("credits", programme.credits, [this](const xmltv::Person& person) {
      json_.begin('[').text(kRoles.at(static_cast<std::size_t>(person.role))).text(person.name);
      if (!person.character.empty() || person.guest) json_.text(person.character);
      if (person.guest) json_.raw("true");
      json_.end(']');
    });
  }

  void write_lists(const Programme& programme) {
    list("episode-num", programme.episodes, [this](const xmltv::EpisodeNumber& episode) {
      json_.begin('[').text(episode.number).text(episode.system).end(']');
    });
    list("icon", programme.icons, [this](const xmltv::Icon& icon) { json_.text(icon.src); });
    list("url", programme.urls, [this](const xmltv::Url& url) { json_.text(url.address); });
    list("image", programme.images, [this](const xmltv::Image& image) {
      json_.begin('[').text(image.address).text(image.type).text(image.size).text(image.orient).end(']');
    });
    const auto rating = [this](const xmltv::Rating& one) {
      json_.begin('[').text(one.value).text(one.system).end(']');
    };
    list("rating", programme.ratings, rating);
    list("star-rating", programme.star_ratings, rating);
    list("review", programme.reviews, [this](const xmltv::Review& review) {
      json_.begin('[').text(review.text).text(review.type).text(review.source).text(review.reviewer).end(']');
    });
    list("subtitles", programme.subtitles, [this](const xmltv::Subtitles& one) {
      json_.begin('[').text(one.type).text(one.language ? one.language->text : "").end(']');
    });
  }

  void write_facts(const Programme& programme) {
    value("date", programme.date);
    value("catchup-id", programme.catchup_id);
    if (programme.length) json_.name("length").raw(std::to_string(programme.length->count()));
    if (programme.is_new) json_.name("new").raw("true");
    if (programme.live) json_.name("live").raw("true");
    if (const auto& video = programme.video) {
      value("aspect", video->aspect);
      value("quality", video->quality);
    }
    if (const auto& audio = programme.audio) value("stereo", audio->stereo);
    if (const auto& shown = programme.previously_shown) {
      json_.name("previously-shown").begin('[');
      json_.raw(shown->start ? std::to_string(shown->start->time_since_epoch().count()) : "null");
      json_.text(shown->channel).end(']');
    }
  }

  void value(std::string_view name, std::string_view text) {
    if (!text.empty()) json_.name(name).text(text);
  }

  void one(const Text& text) {
    json_.begin('[').text(text.text);
    if (!text.lang.empty()) json_.text(text.lang);
    json_.end(']');
  }

  void text(std::string_view name, const std::optional<Text>& text) {
    if (!text) return;
    json_.name(name);
    one(*text);
  }

  void texts(std::string_view name, const std::vector<Text>& all) {
    list(name, all, [this](const Text& text) { one(text); });
  }

  template <class T, class Write>
  void list(std::string_view name, const std::vector<T>& all, Write&& write) {
    if (all.empty()) return;
    json_.name(name).begin('[');
    for (const auto& item : all)
      write(item);
    json_.end(']');
  }

  JsonText json_;
};

} // namespace

void write_details(std::string& out, const Programme& programme) {
  Details(out).write(programme);
}

} // namespace relevo::sources
