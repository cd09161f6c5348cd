// SPDX-License-Identifier: LGPL-2.1-or-later
// Every element says where its text goes when it begins; values that need reading are read when it ends.
#include "assembler.hpp"

#include "base/text.hpp"
#include "values.hpp"

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

void drop_empty(std::optional<Text>& text) {
  if (is_empty(*text)) text.reset();
}

std::string too_long() {
  return concat("texts of more than ", kMaxText, " bytes");
}

} // namespace

Assembler::Assembler(const DefaultOffset& default_offset) : default_offset_(default_offset) {
  texts_.reserve(kMaxText + kMaxEntityText);
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
  if (auto* const texts = texts_of(parent, tag)) return open_text(tag, *texts, attributes);
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

/// Where texts of this kind are gathered; null where it is another kind.
std::vector<Text>* Assembler::texts_of(Tag parent, Tag tag) {
  if (parent == Tag::Channel) return tag == Tag::DisplayName ? &channel_.names : nullptr;
  if (parent != Tag::Programme) return nullptr;
  switch (tag) {
  case Tag::Title: return &programme_.titles;
  case Tag::SubTitle: return &programme_.sub_titles;
  case Tag::Desc: return &programme_.descs;
  case Tag::Category: return &programme_.categories;
  case Tag::Keyword: return &programme_.keywords;
  case Tag::Language: return &programme_.languages;
  case Tag::Country: return &programme_.countries;
  default: return nullptr;
  }
}

Assembler::Frame Assembler::channel_part(Tag tag, const Attributes& attributes) {
  switch (tag) {
  case Tag::Icon: return add_icon(channel_.icons, attributes);
  case Tag::Url: return open_url(channel_.urls, attributes);
  default: return {};
  }
}

Assembler::Frame Assembler::programme_part(Tag tag, const Attributes& attributes) {
  auto& p = programme_;
  switch (tag) {
  case Tag::OrigLanguage: return open_text(tag, p.orig_language, attributes);
  case Tag::Premiere: return open_text(tag, p.premiere, attributes);
  case Tag::LastChance: return open_text(tag, p.last_chance, attributes);
  case Tag::Icon: return add_icon(p.icons, attributes);
  case Tag::Url: return open_url(p.urls, attributes);
  case Tag::Image: return open_image(p.images, attributes);
  case Tag::Rating: return open_rating(tag, p.ratings, attributes);
  case Tag::StarRating: return open_rating(tag, p.star_ratings, attributes);
  case Tag::EpisodeNum: return open_episode(attributes);
  case Tag::Review: return open_review(attributes);
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
  case Tag::PreviouslyShown:
    p.previously_shown = {read_time(attributes.find("start")), keep(attributes.find("channel"))};
    return {tag};
  case Tag::Subtitles: p.subtitles.push_back({keep(attributes.find("type")), {}}); return {tag};
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

Assembler::Frame Assembler::open_rating(Tag tag, std::vector<Rating>& ratings, const Attributes& attributes) {
  ratings.push_back({{}, keep(attributes.find("system")), {}});
  return {tag, &ratings.back().value}; // older documents have it there
}

Assembler::Frame Assembler::open_episode(const Attributes& attributes) {
  const auto system = keep(attributes.find("system"));
  programme_.episodes.push_back({{}, system.empty() ? "onscreen" : system});
  return {Tag::EpisodeNum, &programme_.episodes.back().number};
}

Assembler::Frame Assembler::open_review(const Attributes& attributes) {
  programme_.reviews.push_back({{},
                                keep(attributes.find("type")),
                                keep(attributes.find("source")),
                                keep(attributes.find("reviewer")),
                                keep(attributes.find("lang"))});
  return {Tag::Review, &programme_.reviews.back().text};
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
  if (auto* const texts = texts_of(parent, tag)) return drop_empty(*texts);
  if (parent == Tag::Video) return finish_picture(tag);
  if (parent == Tag::Audio) return finish_sound(tag);
  auto& p = programme_;
  const bool of_channel = parent == Tag::Channel, of_person = parent <= Tag::Guest;
  switch (tag) {
  case Tag::Language: return drop_empty(p.subtitles.back().language);
  case Tag::OrigLanguage: return drop_empty(p.orig_language);
  case Tag::Url: return drop_empty(of_channel ? channel_.urls : of_person ? p.credits.back().urls : p.urls);
  case Tag::Image: return drop_empty(of_person ? p.credits.back().images : p.images);
  case Tag::EpisodeNum: return drop_empty(p.episodes);
  case Tag::Rating: return drop_empty(p.ratings);
  case Tag::StarRating: return drop_empty(p.star_ratings);
  case Tag::Review: return drop_empty(p.reviews);
  case Tag::Length: p.length = read_length(value_, units_); return;
  default:
    if (tag <= Tag::Guest) drop_empty(p.credits);
  }
}

void Assembler::finish_picture(Tag tag) {
  auto& video = *programme_.video;
  if (tag == Tag::Present) video.present = read_yes_no(value_);
  if (tag == Tag::Colour) video.colour = read_yes_no(value_);
  if (tag == Tag::Aspect) video.aspect = value_;
  if (tag == Tag::Quality) video.quality = value_;
}

void Assembler::finish_sound(Tag tag) {
  auto& audio = *programme_.audio;
  if (tag == Tag::Present) audio.present = read_yes_no(value_);
  if (tag == Tag::Stereo) audio.stereo = value_;
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
