// SPDX-License-Identifier: LGPL-2.1-or-later
// Every element says where its text goes when it begins; values that need reading are read when it ends.
#include "assembler.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace relevo::xmltv {
namespace {

bool is_empty(const Text& text) {
  return text.text.empty();
}
bool is_empty(const Url& url) {
  return url.address.empty();
}
bool is_empty(const Image& image) {
  return image.address.empty();
}
bool is_empty(const Person& person) {
  return person.name.empty();
}
bool is_empty(const EpisodeNumber& episode) {
  return episode.number.empty();
}
bool is_empty(const Rating& rating) {
  return rating.value.empty();
}
bool is_empty(const Review& review) {
  return review.text.empty();
}

/// Takes the last one back when it says nothing.
template <class T>
void drop_empty(std::vector<T>& values) {
  if (is_empty(values.back())) values.pop_back();
}

std::optional<bool> read_yes_no(std::string_view text) {
  if (equal_nocase(text, "yes") || text == "1" || equal_nocase(text, "true")) return true;
  if (equal_nocase(text, "no") || text == "0" || equal_nocase(text, "false")) return false;
  return std::nullopt;
}

std::optional<std::chrono::seconds> read_length(std::string_view text, std::string_view units) {
  using namespace std::chrono;
  constexpr seconds kLongest = 10'000h; // more is nonsense
  const auto number = parse_number<std::uint32_t>(text);
  if (!number) return std::nullopt;
  const seconds unit = units == "seconds" ? 1s : units == "hours" ? 1h : 1min;
  const auto length = *number * unit;
  return length <= kLongest ? std::optional(length) : std::nullopt;
}

/// Empties it, and its vectors keep their memory.
void clear(Channel& channel, std::size_t line) {
  channel.line = line;
  channel.names.clear();
  channel.icons.clear();
  channel.urls.clear();
}

void clear(Programme& p, std::size_t line) {
  const auto emptied = [](auto& values) {
    values.clear();
    return std::move(values);
  };
  p = {.line = line,
       .titles = emptied(p.titles),
       .sub_titles = emptied(p.sub_titles),
       .descs = emptied(p.descs),
       .credits = emptied(p.credits),
       .categories = emptied(p.categories),
       .keywords = emptied(p.keywords),
       .languages = emptied(p.languages),
       .icons = emptied(p.icons),
       .urls = emptied(p.urls),
       .countries = emptied(p.countries),
       .episodes = emptied(p.episodes),
       .subtitles = emptied(p.subtitles),
       .ratings = emptied(p.ratings),
       .star_ratings = emptied(p.star_ratings),
       .reviews = emptied(p.reviews),
       .images = emptied(p.images)};
}

std::string too_long() {
  return concat("texts of more than ", kMaxText, " bytes");
}

} // namespace

Assembler::Assembler(const DefaultOffset& default_offset) : default_offset_(default_offset) {
  texts_.reserve(kMaxText + kMaxEntityText + 1);
}

void Assembler::declare_entity(std::string_view name, std::string_view text) {
  if (!entities_.declare(name, text)) entities_refused_ = true;
}

void Assembler::start(std::string_view name, const Attributes& attributes, std::size_t line) {
  if (skipped_ != 0 || (depth_ != 0 && !fault_.message.empty())) {
    ++skipped_;
    return;
  }
  const auto tag = tag_of(name);
  const auto frame =
      depth_ == 0 ? begin(tag, attributes, line) : child(open_[depth_ - 1].tag, tag, attributes);
  if (frame.tag == Tag::Unknown) {
    ++skipped_;
    return;
  }
  if (depth_ != 0) take_text(); // of the element around it
  open_[depth_++] = frame;
}

void Assembler::text(std::string_view piece, bool literal) {
  if (skipped_ != 0 || depth_ == 0 || open_[depth_ - 1].text == nullptr || !fault_.message.empty()) return;
  if (raw_.size() + piece.size() > kMaxText) return spoil(too_long());
  const auto begin = raw_.size();
  raw_ += piece;
  if (literal) std::replace(raw_.begin() + static_cast<std::ptrdiff_t>(begin), raw_.end(), kAmpersand, '&');
}

Assembler::Done Assembler::end() {
  if (skipped_ != 0) {
    --skipped_;
    return Done::Nothing;
  }
  take_text();
  const auto tag = open_[--depth_].tag;
  if (depth_ != 0) {
    if (fault_.message.empty()) finish_part(open_[depth_ - 1].tag, tag);
    return Done::Nothing;
  }
  if (!fault_.message.empty()) return Done::Fault;
  return tag == Tag::Channel ? Done::Channel : Done::Programme;
}

Assembler::Frame Assembler::begin(Tag tag, const Attributes& attributes, std::size_t line) {
  if (tag != Tag::Channel && tag != Tag::Programme) return {};
  texts_.clear();
  raw_.clear();
  parts_ = 0;
  fault_ = {line, {}};
  if (tag == Tag::Channel)
    begin_channel(attributes, line);
  else
    begin_programme(attributes, line);
  return {tag};
}

void Assembler::begin_channel(const Attributes& attributes, std::size_t line) {
  clear(channel_, line);
  channel_.id = keep(attributes.find("id"));
  if (channel_.id.empty()) spoil("a channel without an id");
}

void Assembler::begin_programme(const Attributes& attributes, std::size_t line) {
  auto& p = programme_;
  clear(p, line);
  const auto start_text = attributes.find("start"), stop_text = attributes.find("stop");
  const auto start = read_time(start_text), stop = read_time(stop_text);
  if (start_text.empty()) return spoil("a programme without a start");
  if (!start) return spoil("a start that is no time: " + quote(start_text));
  if (!stop && !stop_text.empty()) return spoil("a stop that is no time: " + quote(stop_text));
  p.start = *start;
  if (stop && *stop > *start) p.stop = stop;
  p.pdc_start = read_time(attributes.find("pdc-start"));
  p.vps_start = read_time(attributes.find("vps-start"));
  p.channel = keep(attributes.find("channel"));
  p.catchup_id = keep(attributes.find("catchup-id"));
  p.showview = keep(attributes.find("showview"));
  p.videoplus = keep(attributes.find("videoplus"));
  p.clump = keep(attributes.find("clumpidx"));
  if (p.channel.empty()) spoil("a programme without a channel");
}

Assembler::Frame Assembler::child(Tag parent, Tag tag, const Attributes& attributes) {
  if (++parts_ > kMaxParts) spoil(concat("more than ", kMaxParts, " elements"));
  switch (parent) {
  case Tag::Channel: return channel_part(tag, attributes);
  case Tag::Programme: return programme_part(tag, attributes);
  case Tag::Credits: return credit(tag, attributes);
  case Tag::Video:
  case Tag::Audio: return picture_or_sound(tag);
  case Tag::Subtitles:
    if (tag == Tag::Language) return open_text(tag, programme_.subtitles.back().language, attributes);
    return {};
  case Tag::Rating: return rating_part(programme_.ratings.back(), tag, attributes);
  case Tag::StarRating: return rating_part(programme_.star_ratings.back(), tag, attributes);
  default: return parent <= Tag::Guest ? person_part(tag, attributes) : Frame{};
  }
}

Assembler::Frame Assembler::channel_part(Tag tag, const Attributes& attributes) {
  switch (tag) {
  case Tag::DisplayName: return open_text(tag, channel_.names, attributes);
  case Tag::Icon: return add_icon(channel_.icons, attributes);
  case Tag::Url: return open_url(channel_.urls, attributes);
  default: return {};
  }
}

Assembler::Frame Assembler::programme_part(Tag tag, const Attributes& attributes) {
  auto& p = programme_;
  switch (tag) {
  case Tag::Title: return open_text(tag, p.titles, attributes);
  case Tag::SubTitle: return open_text(tag, p.sub_titles, attributes);
  case Tag::Desc: return open_text(tag, p.descs, attributes);
  case Tag::Category: return open_text(tag, p.categories, attributes);
  case Tag::Keyword: return open_text(tag, p.keywords, attributes);
  case Tag::Language: return open_text(tag, p.languages, attributes);
  case Tag::OrigLanguage: return open_text(tag, p.orig_language, attributes);
  case Tag::Country: return open_text(tag, p.countries, attributes);
  case Tag::Premiere: return open_text(tag, p.premiere, attributes);
  case Tag::LastChance: return open_text(tag, p.last_chance, attributes);
  case Tag::Icon: return add_icon(p.icons, attributes);
  case Tag::Url: return open_url(p.urls, attributes);
  case Tag::Image: return open_image(p.images, attributes);
  case Tag::Credits: return {tag};
  case Tag::New: p.is_new = true; return {tag};
  case Tag::Live: p.live = true; return {tag};
  case Tag::Video: p.video.emplace(); return {tag};
  case Tag::Audio: p.audio.emplace(); return {tag};
  case Tag::Date: p.date = {}; return {tag, &p.date};
  case Tag::Length:
    units_ = keep(attributes.find("units"));
    value_ = {};
    return {tag, &value_};
  case Tag::EpisodeNum: {
    const auto system = keep(attributes.find("system"));
    p.episodes.push_back({{}, system.empty() ? "onscreen" : system});
    return {tag, &p.episodes.back().number};
  }
  case Tag::PreviouslyShown:
    p.previously_shown = {read_time(attributes.find("start")), keep(attributes.find("channel"))};
    return {tag};
  case Tag::Subtitles: p.subtitles.push_back({keep(attributes.find("type")), {}}); return {tag};
  case Tag::Rating:
    p.ratings.push_back({{}, keep(attributes.find("system")), {}});
    return {tag, &p.ratings.back().value}; // where older documents write it
  case Tag::StarRating:
    p.star_ratings.push_back({{}, keep(attributes.find("system")), {}});
    return {tag, &p.star_ratings.back().value};
  case Tag::Review:
    p.reviews.push_back({{},
                         keep(attributes.find("type")),
                         keep(attributes.find("source")),
                         keep(attributes.find("reviewer")),
                         keep(attributes.find("lang"))});
    return {tag, &p.reviews.back().text};
  default: return {};
  }
}

Assembler::Frame Assembler::picture_or_sound(Tag tag) {
  value_ = {};
  switch (tag) {
  case Tag::Present:
  case Tag::Colour:
  case Tag::Aspect:
  case Tag::Quality:
  case Tag::Stereo: return {tag, &value_};
  default: return {};
  }
}

Assembler::Frame Assembler::credit(Tag tag, const Attributes& attributes) {
  if (tag == Tag::Unknown || tag > Tag::Guest) return {};
  auto& person = programme_.credits.emplace_back();
  person.role = static_cast<Role>(static_cast<int>(tag) - static_cast<int>(Tag::Director));
  person.character = keep(attributes.find("role"));
  person.guest = read_yes_no(trim(attributes.find("guest"))).value_or(false);
  return {tag, &person.name};
}

Assembler::Frame Assembler::person_part(Tag tag, const Attributes& attributes) {
  auto& person = programme_.credits.back();
  if (tag == Tag::Image) return open_image(person.images, attributes);
  if (tag == Tag::Url) return open_url(person.urls, attributes);
  return {};
}

Assembler::Frame Assembler::rating_part(Rating& rating, Tag tag, const Attributes& attributes) {
  if (tag == Tag::Value) return {tag, &rating.value};
  if (tag == Tag::Icon) return add_icon(rating.icons, attributes);
  return {};
}

Assembler::Frame Assembler::open_text(Tag tag, std::vector<Text>& texts, const Attributes& attributes) {
  texts.push_back({{}, keep(attributes.find("lang"))});
  return {tag, &texts.back().text};
}

Assembler::Frame Assembler::open_text(Tag tag, std::optional<Text>& text, const Attributes& attributes) {
  text = Text{{}, keep(attributes.find("lang"))};
  return {tag, &text->text};
}

Assembler::Frame Assembler::open_url(std::vector<Url>& urls, const Attributes& attributes) {
  urls.push_back({{}, keep(attributes.find("system"))});
  return {Tag::Url, &urls.back().address};
}

Assembler::Frame Assembler::open_image(std::vector<Image>& images, const Attributes& attributes) {
  images.push_back({{},
                    keep(attributes.find("type")),
                    keep(attributes.find("size")),
                    keep(attributes.find("orient")),
                    keep(attributes.find("system"))});
  return {Tag::Image, &images.back().address};
}

Assembler::Frame Assembler::add_icon(std::vector<Icon>& icons, const Attributes& attributes) {
  const auto pixels = [&](std::string_view name) {
    return parse_number<std::uint32_t>(trim(attributes.find(name)));
  };
  const auto src = keep(attributes.find("src"));
  if (!src.empty()) icons.push_back({src, pixels("width"), pixels("height")});
  return {Tag::Icon};
}

void Assembler::finish_part(Tag parent, Tag tag) {
  auto& p = programme_;
  const bool of_channel = parent == Tag::Channel, of_person = parent <= Tag::Guest;
  switch (tag) {
  case Tag::DisplayName: return drop_empty(channel_.names);
  case Tag::Title: return drop_empty(p.titles);
  case Tag::SubTitle: return drop_empty(p.sub_titles);
  case Tag::Desc: return drop_empty(p.descs);
  case Tag::Category: return drop_empty(p.categories);
  case Tag::Keyword: return drop_empty(p.keywords);
  case Tag::Country: return drop_empty(p.countries);
  case Tag::Language:
    if (parent == Tag::Programme) return drop_empty(p.languages);
    if (is_empty(*p.subtitles.back().language)) p.subtitles.back().language.reset();
    return;
  case Tag::OrigLanguage:
    if (is_empty(*p.orig_language)) p.orig_language.reset();
    return;
  case Tag::Url: return drop_empty(of_channel ? channel_.urls : of_person ? p.credits.back().urls : p.urls);
  case Tag::Image: return drop_empty(of_person ? p.credits.back().images : p.images);
  case Tag::EpisodeNum: return drop_empty(p.episodes);
  case Tag::Rating: return drop_empty(p.ratings);
  case Tag::StarRating: return drop_empty(p.star_ratings);
  case Tag::Review: return drop_empty(p.reviews);
  case Tag::Length: p.length = read_length(value_, units_); return;
  case Tag::Present:
    (parent == Tag::Video ? p.video->present : p.audio->present) = read_yes_no(value_);
    return;
  case Tag::Colour:
    if (parent == Tag::Video) p.video->colour = read_yes_no(value_);
    return;
  case Tag::Aspect:
    if (parent == Tag::Video) p.video->aspect = value_;
    return;
  case Tag::Quality:
    if (parent == Tag::Video) p.video->quality = value_;
    return;
  case Tag::Stereo:
    if (parent == Tag::Audio) p.audio->stereo = value_;
    return;
  default:
    if (tag <= Tag::Guest) drop_empty(p.credits);
  }
}

/// The first text of an element counts: one that other elements interrupt is rare, and more than blanks there
/// rarer.
void Assembler::take_text() {
  if (raw_.empty()) return;
  auto* const text = open_[depth_ - 1].text;
  if (text != nullptr && text->empty()) *text = keep(raw_);
  raw_.clear();
}

/// The text as it goes into the values; "" when there are too many.
std::string_view Assembler::keep(std::string_view raw) {
  if (raw.empty()) return {};
  const auto begin = texts_.size();
  if (append_tidy(texts_, raw, entities_, kMaxText)) return std::string_view(texts_).substr(begin);
  texts_.resize(begin);
  spoil(too_long());
  return {};
}

std::optional<std::chrono::sys_seconds> Assembler::read_time(std::string_view raw) const {
  return parse_time(raw, default_offset_);
}

/// What is open is lost; the first reason counts.
void Assembler::spoil(std::string message) {
  if (fault_.message.empty()) fault_.message = std::move(message);
}

} // namespace relevo::xmltv
