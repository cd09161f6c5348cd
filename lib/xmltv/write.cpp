// SPDX-License-Identifier: LGPL-2.1-or-later
// Elements in the order that the format asks for.
#include "xmltv/write.hpp"

#include "base/encoding.hpp"
#include "xmltv/time.hpp"

namespace relevo::xmltv {
namespace {

void escape(std::string& out, std::string_view text) {
  constexpr std::string_view kSpecial = "&<>\"";
  while (true) {
    const auto at = text.find_first_of(kSpecial);
    append_clean(out, text.substr(0, at));
    if (at == std::string_view::npos) return;
    switch (text[at]) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    default: out += "&quot;"; break;
    }
    text.remove_prefix(at + 1);
  }
}

/// An element while its start tag is being written.
class Element {
 public:
  Element(std::string& out, std::string_view indent, std::string_view name)
      : out_(out), indent_(indent), name_(name) {
    ((out_ += indent_) += '<') += name_;
  }

  /// "" is left out.
  Element& attribute(std::string_view name, std::string_view value) {
    if (value.empty()) return *this;
    begin_attribute(name);
    escape(out_, value);
    out_ += '"';
    return *this;
  }
  Element& attribute(std::string_view name, std::optional<std::chrono::sys_seconds> time) {
    if (!time) return *this;
    begin_attribute(name);
    write_time(out_, *time);
    out_ += '"';
    return *this;
  }
  Element& attribute(std::string_view name, std::optional<std::uint32_t> number) {
    return number ? attribute(name, std::to_string(*number)) : *this;
  }

  void empty() { out_ += "/>\n"; }
  void text(std::string_view text) {
    if (text.empty()) return empty();
    out_ += '>';
    escape(out_, text);
    close_tag();
  }
  void open() { out_ += ">\n"; }
  /// Behind what stands inside.
  void close() {
    out_ += indent_;
    close_tag();
  }
  /// After the text and in front of what stands inside.
  void open_with(std::string_view text) {
    out_ += '>';
    escape(out_, text);
    out_ += '\n';
  }

 private:
  void begin_attribute(std::string_view name) { ((out_ += ' ') += name) += "=\""; }
  void close_tag() { ((out_ += "</") += name_) += ">\n"; }

  std::string& out_;
  std::string_view indent_, name_;
};

constexpr std::string_view kOuter = "  ", kPart = "    ", kInner = "      ", kInnermost = "        ";

void write_text(std::string& out, std::string_view name, const Text& text, std::string_view indent = kPart) {
  Element(out, indent, name).attribute("lang", text.lang).text(text.text);
}

void write_texts(std::string& out, std::string_view name, const std::vector<Text>& texts) {
  for (const auto& text : texts)
    write_text(out, name, text);
}

void write_text(std::string& out, std::string_view name, const std::optional<Text>& text) {
  if (text) write_text(out, name, *text);
}

void write_icons(std::string& out, const std::vector<Icon>& icons, std::string_view indent = kPart) {
  for (const auto& icon : icons) {
    Element element(out, indent, "icon");
    element.attribute("src", icon.src)
        .attribute("width", icon.width)
        .attribute("height", icon.height)
        .empty();
  }
}

void write_urls(std::string& out, const std::vector<Url>& urls, std::string_view indent = kPart) {
  for (const auto& url : urls)
    Element(out, indent, "url").attribute("system", url.system).text(url.address);
}

void write_images(std::string& out, const std::vector<Image>& images, std::string_view indent = kPart) {
  for (const auto& image : images) {
    Element element(out, indent, "image");
    element.attribute("type", image.type).attribute("size", image.size).attribute("orient", image.orient);
    element.attribute("system", image.system).text(image.address);
  }
}

std::string_view name_of(Role role) {
  switch (role) {
  case Role::Director: return "director";
  case Role::Actor: return "actor";
  case Role::Writer: return "writer";
  case Role::Adapter: return "adapter";
  case Role::Producer: return "producer";
  case Role::Composer: return "composer";
  case Role::Editor: return "editor";
  case Role::Presenter: return "presenter";
  case Role::Commentator: return "commentator";
  case Role::Guest: return "guest";
  }
  return "actor";
}

void write_credits(std::string& out, const std::vector<Person>& credits) {
  if (credits.empty()) return;
  Element all(out, kPart, "credits");
  all.open();
  for (const auto& person : credits) {
    Element element(out, kInner, name_of(person.role));
    element.attribute("role", person.character).attribute("guest", person.guest ? "yes" : "");
    if (person.images.empty() && person.urls.empty()) {
      element.text(person.name);
      continue;
    }
    element.open_with(person.name);
    write_images(out, person.images, kInnermost);
    write_urls(out, person.urls, kInnermost);
    element.close();
  }
  all.close();
}

void write_length(std::string& out, std::optional<std::chrono::seconds> length) {
  if (length)
    Element(out, kPart, "length").attribute("units", "seconds").text(std::to_string(length->count()));
}

void write_fact(std::string& out, std::string_view name, std::string_view value) {
  if (!value.empty()) Element(out, kInner, name).text(value);
}
void write_fact(std::string& out, std::string_view name, std::optional<bool> value) {
  if (value) write_fact(out, name, *value ? std::string_view("yes") : std::string_view("no"));
}

void write_video(std::string& out, const std::optional<Video>& video) {
  if (!video) return;
  Element element(out, kPart, "video");
  element.open();
  write_fact(out, "present", video->present);
  write_fact(out, "colour", video->colour);
  write_fact(out, "aspect", video->aspect);
  write_fact(out, "quality", video->quality);
  element.close();
}

void write_audio(std::string& out, const std::optional<Audio>& audio) {
  if (!audio) return;
  Element element(out, kPart, "audio");
  element.open();
  write_fact(out, "present", audio->present);
  write_fact(out, "stereo", audio->stereo);
  element.close();
}

void write_subtitles(std::string& out, const std::vector<Subtitles>& all) {
  for (const auto& subtitles : all) {
    Element element(out, kPart, "subtitles");
    element.attribute("type", subtitles.type);
    if (!subtitles.language) {
      element.empty();
      continue;
    }
    element.open();
    write_text(out, "language", *subtitles.language, kInner);
    element.close();
  }
}

void write_ratings(std::string& out, std::string_view name, const std::vector<Rating>& ratings) {
  for (const auto& rating : ratings) {
    Element element(out, kPart, name);
    element.attribute("system", rating.system).open();
    write_fact(out, "value", rating.value);
    write_icons(out, rating.icons, kInner);
    element.close();
  }
}

void write_reviews(std::string& out, const std::vector<Review>& reviews) {
  for (const auto& review : reviews) {
    Element element(out, kPart, "review");
    element.attribute("type", review.type).attribute("source", review.source);
    element.attribute("reviewer", review.reviewer).attribute("lang", review.lang).text(review.text);
  }
}

/// What kind of showing it is.
void write_occasion(std::string& out, const Programme& p) {
  if (const auto& shown = p.previously_shown) {
    Element element(out, kPart, "previously-shown");
    element.attribute("start", shown->start).attribute("channel", shown->channel).empty();
  }
  write_text(out, "premiere", p.premiere);
  write_text(out, "last-chance", p.last_chance);
  if (p.is_new) Element(out, kPart, "new").empty();
  if (p.live) Element(out, kPart, "live").empty();
}

} // namespace

void write_head(std::string& out, std::string_view generator) {
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tv SYSTEM \"xmltv.dtd\">\n";
  Element(out, "", "tv").attribute("generator-info-name", generator).open();
}

void write_channel(std::string& out, const Channel& channel) {
  Element element(out, kOuter, "channel");
  element.attribute("id", channel.id).open();
  write_texts(out, "display-name", channel.names);
  write_icons(out, channel.icons);
  write_urls(out, channel.urls);
  element.close();
}

void write_programme(std::string& out, const Programme& p) {
  Element element(out, kOuter, "programme");
  element.attribute("start", std::optional(p.start)).attribute("stop", p.stop);
  element.attribute("pdc-start", p.pdc_start).attribute("vps-start", p.vps_start);
  element.attribute("showview", p.showview)
      .attribute("videoplus", p.videoplus)
      .attribute("channel", p.channel);
  element.attribute("clumpidx", p.clump).attribute("catchup-id", p.catchup_id).open();
  write_texts(out, "title", p.titles);
  write_texts(out, "sub-title", p.sub_titles);
  write_texts(out, "desc", p.descs);
  write_credits(out, p.credits);
  if (!p.date.empty()) Element(out, kPart, "date").text(p.date);
  write_texts(out, "category", p.categories);
  write_texts(out, "keyword", p.keywords);
  write_texts(out, "language", p.languages);
  write_text(out, "orig-language", p.orig_language);
  write_length(out, p.length);
  write_icons(out, p.icons);
  write_urls(out, p.urls);
  write_texts(out, "country", p.countries);
  for (const auto& episode : p.episodes)
    Element(out, kPart, "episode-num").attribute("system", episode.system).text(episode.number);
  write_video(out, p.video);
  write_audio(out, p.audio);
  write_occasion(out, p);
  write_subtitles(out, p.subtitles);
  write_ratings(out, "rating", p.ratings);
  write_ratings(out, "star-rating", p.star_ratings);
  write_reviews(out, p.reviews);
  write_images(out, p.images);
  element.close();
}

void write_tail(std::string& out) {
  out += "</tv>\n";
}

} // namespace relevo::xmltv
