// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels and programmes, put together from the events of a document.
#pragma once

#include "elements.hpp"
#include "text.hpp"
#include "xml.hpp"
#include "xmltv/read.hpp"

#include <array>
#include <optional>
#include <string>

namespace relevo::xmltv {

/// Gets what is inside of <tv>. The texts of its values live until the next element there begins.
class Assembler {
 public:
  explicit Assembler(const DefaultOffset& default_offset);

  void declare_entity(std::string_view name, std::string_view text);
  void start(std::string_view name, const Attributes& attributes, std::size_t line);
  void text(std::string_view piece, bool literal);
  /// What has become whole, or has failed.
  enum class Done { Nothing, Channel, Programme, Fault };
  Done end();

  [[nodiscard]] const Channel& channel() const { return channel_; }
  [[nodiscard]] const Programme& programme() const { return programme_; }
  [[nodiscard]] const Fault& fault() const { return fault_; }
  /// A document that declares too much cannot be read.
  [[nodiscard]] bool entities_refused() const { return entities_refused_; }

 private:
  /// An element that is open. Its text goes where `text` points; nowhere: it is of no interest.
  struct Frame {
    Tag tag = Tag::Unknown; // Unknown: it is skipped with all in it
    std::string_view* text = nullptr;
  };

  Frame begin(Tag tag, const Attributes& attributes, std::size_t line);
  void begin_channel(const Attributes& attributes, std::size_t line);
  void begin_programme(const Attributes& attributes, std::size_t line);
  Frame child(Tag parent, Tag tag, const Attributes& attributes);
  std::vector<Text>* texts_of(Tag parent, Tag tag);
  Frame channel_part(Tag tag, const Attributes& attributes);
  Frame programme_part(Tag tag, const Attributes& attributes);
  Frame picture_or_sound(Tag tag);
  Frame credit(Tag tag, const Attributes& attributes);
  Frame person_part(Tag tag, const Attributes& attributes);
  Frame rating_part(Rating& rating, Tag tag, const Attributes& attributes);

  Frame open_text(Tag tag, std::vector<Text>& texts, const Attributes& attributes);
  Frame open_text(Tag tag, std::optional<Text>& text, const Attributes& attributes);
  Frame open_url(std::vector<Url>& urls, const Attributes& attributes);
  Frame open_image(std::vector<Image>& images, const Attributes& attributes);
  Frame open_rating(Tag tag, std::vector<Rating>& ratings, const Attributes& attributes);
  Frame open_episode(const Attributes& attributes);
  Frame open_review(const Attributes& attributes);
  Frame add_icon(std::vector<Icon>& icons, const Attributes& attributes);

  void finish_part(Tag parent, Tag tag);
  void finish_picture(Tag tag);
  void finish_sound(Tag tag);
  void take_text();
  std::string_view keep(std::string_view raw);
  std::optional<std::chrono::sys_seconds> read_time(std::string_view raw) const;
  void spoil(std::string message);

  const DefaultOffset& default_offset_;
  Entities entities_;
  bool entities_refused_ = false;

  std::array<Frame, 5> open_{}; // the deepest: programme, credits, person, image
  std::size_t depth_ = 0;       // of them
  std::size_t skipped_ = 0;     // elements open in one that is skipped, with it
  std::size_t parts_ = 0;

  std::string texts_;      // of the channel or programme; never grows beyond what it has reserved
  std::string raw_;        // of the element that is open
  std::string_view value_; // a text that is read when its element ends
  std::string_view units_;

  Channel channel_;
  Programme programme_;
  Fault fault_; // without a message: nothing is wrong
};

} // namespace relevo::xmltv
