// SPDX-License-Identifier: LGPL-2.1-or-later
// Guides as values that own their text.
#pragma once

#include "xmltv/read.hpp"
#include "xmltv/write.hpp"

#include <deque>
#include <string>
#include <vector>

namespace relevo::xmltv {

/// Calls `visit` with a reference to every text of a channel or a programme.
template <class Visit>
void visit_texts(std::vector<Icon>& icons, Visit visit) {
  for (auto& icon : icons)
    visit(icon.src);
}
template <class Visit>
void visit_texts(std::vector<Url>& urls, Visit visit) {
  for (auto& url : urls) {
    visit(url.address);
    visit(url.system);
  }
}
template <class Visit>
void visit_texts(std::vector<Image>& images, Visit visit) {
  for (auto& image : images)
    for (auto* text : {&image.address, &image.type, &image.size, &image.orient, &image.system})
      visit(*text);
}
template <class Visit>
void visit_texts(Text& text, Visit visit) {
  visit(text.text);
  visit(text.lang);
}
template <class Visit>
void visit_texts(std::optional<Text>& text, Visit visit) {
  if (text) visit_texts(*text, visit);
}
template <class Visit>
void visit_texts(std::vector<Text>& texts, Visit visit) {
  for (auto& text : texts)
    visit_texts(text, visit);
}
template <class Visit>
void visit_texts(std::vector<Rating>& ratings, Visit visit) {
  for (auto& rating : ratings) {
    visit(rating.value);
    visit(rating.system);
    visit_texts(rating.icons, visit);
  }
}
template <class Visit>
void visit_texts(Channel& channel, Visit visit) {
  visit(channel.id);
  visit_texts(channel.names, visit);
  visit_texts(channel.icons, visit);
  visit_texts(channel.urls, visit);
}
template <class Visit>
void visit_texts(Programme& p, Visit visit) {
  for (auto* text : {&p.channel, &p.catchup_id, &p.showview, &p.videoplus, &p.clump, &p.date})
    visit(*text);
  for (auto* texts :
       {&p.titles, &p.sub_titles, &p.descs, &p.categories, &p.keywords, &p.languages, &p.countries})
    visit_texts(*texts, visit);
  for (auto* text : {&p.orig_language, &p.premiere, &p.last_chance})
    visit_texts(*text, visit);
  for (auto& person : p.credits) {
    visit(person.name);
    visit(person.character);
    visit_texts(person.images, visit);
    visit_texts(person.urls, visit);
  }
  visit_texts(p.icons, visit);
  visit_texts(p.urls, visit);
  visit_texts(p.images, visit);
  visit_texts(p.ratings, visit);
  visit_texts(p.star_ratings, visit);
  for (auto& episode : p.episodes) {
    visit(episode.number);
    visit(episode.system);
  }
  if (p.video) {
    visit(p.video->aspect);
    visit(p.video->quality);
  }
  if (p.audio) visit(p.audio->stereo);
  if (p.previously_shown) visit(p.previously_shown->channel);
  for (auto& subtitles : p.subtitles) {
    visit(subtitles.type);
    visit_texts(subtitles.language, visit);
  }
  for (auto& review : p.reviews)
    for (auto* text : {&review.text, &review.type, &review.source, &review.reviewer, &review.lang})
      visit(*text);
}

/// All that a reader told.
class GuideCopy {
 public:
  std::vector<Channel> channels;
  std::vector<Programme> programmes;
  std::vector<Fault> faults;
  bool refused = false;
  Error error; // where it was refused
  Counts counts;

  GuideCopy() = default;
  GuideCopy(GuideCopy&&) = default;
  GuideCopy& operator=(GuideCopy&&) = default;

  [[nodiscard]] Events listen() {
    return {.on_channel = [this](const Channel& channel) { own(channels.emplace_back(channel)); },
            .on_programme = [this](const Programme& programme) { own(programmes.emplace_back(programme)); },
            .on_fault = [this](const Fault& fault) { faults.push_back(fault); }};
  }
  void finish(Reader& reader) {
    auto result = reader.finish();
    refused = !result;
    if (result)
      counts = std::move(*result);
    else
      error = std::move(result.error());
  }
  [[nodiscard]] std::string write() const {
    std::string text;
    write_head(text);
    for (const auto& channel : channels)
      write_channel(text, channel);
    for (const auto& programme : programmes)
      write_programme(text, programme);
    write_tail(text);
    return text;
  }
  /// As written again, where the lines are other ones.
  void forget_lines() {
    for (auto& channel : channels)
      channel.line = 0;
    for (auto& programme : programmes)
      programme.line = 0;
  }
  bool operator==(const GuideCopy& other) const {
    return channels == other.channels && programmes == other.programmes && faults == other.faults &&
           refused == other.refused && error.message == other.error.message &&
           error.offset == other.error.offset && counts == other.counts;
  }

 private:
  template <class Value>
  void own(Value& value) {
    visit_texts(value, [this](std::string_view& text) { text = texts_.emplace_back(text); });
  }

  std::deque<std::string> texts_;
};

/// Reads `text`, cut into blocks of `size` bytes.
inline GuideCopy read_guide(std::string_view text, const Options& options = {},
                            std::size_t size = std::string_view::npos) {
  GuideCopy guide;
  Reader reader(guide.listen(), options);
  while (!text.empty()) {
    // A copy with an end of its own, so that reading past it is seen.
    const std::string block(text.substr(0, size));
    static_cast<void>(reader.push(as_bytes(block)));
    text.remove_prefix(block.size());
  }
  guide.finish(reader);
  return guide;
}

} // namespace relevo::xmltv
