// SPDX-License-Identifier: LGPL-2.1-or-later
// One pass over the lines of a playlist: tags gather what they say about the next address, an address closes
// it.
#include "hls/parse.hpp"

#include "attributes.hpp"
#include "base/text.hpp"
#include "lenient.hpp"
#include "values.hpp"

#include <algorithm>
#include <utility>

namespace relevo::hls {
namespace {

using std::chrono::seconds;

constexpr auto npos = std::string_view::npos;

class Parser {
 public:
  Result<ParsedPlaylist> run(std::string_view text);

 private:
  struct Tag {
    std::string_view name;
    void (Parser::*read)(std::string_view value);
  };
  static const Tag kTags[];

  std::optional<Error> read_header(std::string_view& text);
  void on_tag(std::string_view line);
  void on_address(std::string_view uri);
  MasterPlaylist finish_master();
  MediaPlaylist finish_media();

  void read_extinf(std::string_view value);
  void read_byterange(std::string_view value) { range_text_ = value; }
  void read_discontinuity(std::string_view) { next_.discontinuity = true; }
  void read_gap(std::string_view) { next_.gap = true; }
  void read_time(std::string_view value);
  void read_key(std::string_view value);
  void read_map(std::string_view value);
  void read_part(std::string_view value);
  void read_target_duration(std::string_view value);
  void read_media_sequence(std::string_view value) { media_.media_sequence = lenient_.number(value); }
  void read_discontinuity_sequence(std::string_view value) {
    media_.discontinuity_sequence = lenient_.number(value);
  }
  void read_type(std::string_view value);
  void read_independent(std::string_view) { independent_segments_ = true; }
  void read_end(std::string_view) { media_.ended = true; }
  void read_start(std::string_view value);
  void read_server_control(std::string_view value);
  void read_part_inf(std::string_view value);
  void read_preload_hint(std::string_view value);
  void read_skip(std::string_view value) {
    media_.skipped = lenient_.number(Attributes(value)["SKIPPED-SEGMENTS"]);
  }
  void read_variant(std::string_view value);
  void read_rendition(std::string_view value);
  void read_i_frames(std::string_view) { is_master_ = true; }

  std::optional<ByteRange> segment_range(std::string_view uri);
  void put_key_and_map(Segment& segment);

  Lenient lenient_;
  std::size_t entries_ = 0;
  MasterPlaylist master_;
  MediaPlaylist media_;
  bool is_master_ = false;
  bool independent_segments_ = false;
  bool has_known_tag_ = false;
  bool has_target_ = false;
  std::optional<std::size_t> first_negative_; // line of the first EXTINF below zero

  std::optional<Variant> variant_; // waits for its address
  Segment next_;                   // likewise
  bool has_duration_ = false;      // of next_
  std::optional<std::string_view> range_text_;
  std::string_view part_uri_; // of the newest part, with the end of its range
  std::uint64_t part_end_ = 0;
  std::optional<Key> key_;    // in force
  bool key_is_plain_ = false; // next_ has a key that needs no licence server
  std::optional<Map> map_;    // in force
};

const Parser::Tag Parser::kTags[] = {
    {"#EXTINF", &Parser::read_extinf},
    {"#EXT-X-PART", &Parser::read_part},
    {"#EXT-X-BYTERANGE", &Parser::read_byterange},
    {"#EXT-X-PROGRAM-DATE-TIME", &Parser::read_time},
    {"#EXT-X-KEY", &Parser::read_key},
    {"#EXT-X-DISCONTINUITY", &Parser::read_discontinuity},
    {"#EXT-X-GAP", &Parser::read_gap},
    {"#EXT-X-MAP", &Parser::read_map},
    {"#EXT-X-TARGETDURATION", &Parser::read_target_duration},
    {"#EXT-X-MEDIA-SEQUENCE", &Parser::read_media_sequence},
    {"#EXT-X-DISCONTINUITY-SEQUENCE", &Parser::read_discontinuity_sequence},
    {"#EXT-X-PLAYLIST-TYPE", &Parser::read_type},
    {"#EXT-X-INDEPENDENT-SEGMENTS", &Parser::read_independent},
    {"#EXT-X-ENDLIST", &Parser::read_end},
    {"#EXT-X-START", &Parser::read_start},
    {"#EXT-X-SERVER-CONTROL", &Parser::read_server_control},
    {"#EXT-X-PART-INF", &Parser::read_part_inf},
    {"#EXT-X-PRELOAD-HINT", &Parser::read_preload_hint},
    {"#EXT-X-SKIP", &Parser::read_skip},
    {"#EXT-X-STREAM-INF", &Parser::read_variant},
    {"#EXT-X-MEDIA", &Parser::read_rendition},
    {"#EXT-X-I-FRAME-STREAM-INF", &Parser::read_i_frames},
};

/// Takes one line, without the blanks and carriage returns at its ends.
std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = trim(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

Result<ParsedPlaylist> Parser::run(std::string_view text) {
  if (text.size() > kMaxPlaylistSize)
    return fail(concat("the playlist has ", text.size(), " bytes, more than ", kMaxPlaylistSize), 1);
  if (const auto error = read_header(text)) return tl::unexpected(*error);
  while (!text.empty()) {
    const auto line = take_line(text);
    ++lenient_.line;
    if (line.empty()) continue;
    if (line.front() == '#')
      on_tag(line);
    else
      on_address(line);
    if (entries_ > kMaxPlaylistEntries)
      return fail(concat("the playlist has more than ", kMaxPlaylistEntries, " entries"), lenient_.line);
  }
  if (!is_master_ && !has_known_tag_ && first_negative_)
    return fail("this is a list of channels, not an HLS playlist: an EXTINF is negative", *first_negative_);
  ParsedPlaylist result;
  if (is_master_)
    result.playlist = finish_master();
  else
    result.playlist = finish_media();
  result.notes = std::move(lenient_.notes);
  result.faults = lenient_.faults;
  return result;
}

std::optional<Error> Parser::read_header(std::string_view& text) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  std::string_view line;
  while (line.empty() && !text.empty()) {
    line = take_line(text);
    ++lenient_.line;
  }
  if (line.substr(0, 7) == "#EXTM3U") return std::nullopt;
  if (line.empty()) return Error{"the playlist is empty", 1};
  const auto what = line.front() == '<' ? "a web page or XML" : "no playlist";
  return Error{concat("this is ", what, ": expected #EXTM3U, saw ", quote(line)), lenient_.line};
}

void Parser::on_tag(std::string_view line) {
  const auto colon = line.find(':');
  const auto tag = std::ranges::find(kTags, line.substr(0, colon), &Tag::name);
  if (tag == std::end(kTags)) return;
  if (tag->read != &Parser::read_extinf) has_known_tag_ = true;
  (this->*tag->read)(colon == npos ? std::string_view{} : trim(line.substr(colon + 1)));
}

void Parser::on_address(std::string_view uri) {
  ++entries_;
  if (variant_) {
    variant_->uri = uri;
    master_.variants.push_back(*std::exchange(variant_, std::nullopt));
    return;
  }
  if (!has_duration_) lenient_.note("an address without EXTINF");
  next_.uri = uri;
  next_.range = segment_range(uri);
  put_key_and_map(next_);
  media_.segments.push_back(std::exchange(next_, {}));
  has_duration_ = false;
  key_is_plain_ = false;
  range_text_.reset();
}

MasterPlaylist Parser::finish_master() {
  if (variant_) lenient_.note("EXT-X-STREAM-INF without an address");
  if (!media_.segments.empty()) lenient_.note("segments in a master playlist");
  master_.independent_segments = independent_segments_;
  return std::move(master_);
}

MediaPlaylist Parser::finish_media() {
  media_.independent_segments = independent_segments_;
  if (has_duration_) lenient_.note("EXTINF without an address");
  if (!next_.parts.empty()) {
    next_.duration = {};
    next_.title.clear();
    put_key_and_map(next_);
    media_.open = std::move(next_);
  }
  if (!has_target_) {
    lenient_.note("no EXT-X-TARGETDURATION");
    Duration longest = media_.target_duration;
    for (const auto& segment : media_.segments)
      longest = std::max(longest, segment.duration);
    media_.target_duration = std::chrono::ceil<seconds>(longest);
  }
  return std::move(media_);
}

void Parser::read_extinf(std::string_view value) {
  const auto comma = value.find(',');
  auto length = trim(value.substr(0, comma));
  length = length.substr(0, length.find_first_of(" \t")); // attributes of channel lists may follow
  if (length.substr(0, 1) == "-" && !first_negative_) first_negative_ = lenient_.line;
  next_.duration = lenient_.duration(length, "EXTINF");
  next_.title = comma == npos ? std::string_view{} : trim(value.substr(comma + 1));
  has_duration_ = true;
}

void Parser::read_time(std::string_view value) {
  next_.time = parse_time(value);
  if (!next_.time) lenient_.note(concat("EXT-X-PROGRAM-DATE-TIME is no time: ", quote(value)));
}

void Parser::read_key(std::string_view value) {
  const Attributes attributes(value);
  const auto method = attributes["METHOD"];
  const auto format = attributes["KEYFORMAT"];
  if (method == "NONE") {
    key_.reset();
    return;
  }
  const bool plain = format.empty() || format == "identity";
  // Several keys, one for each licence system, may stand side by side: the one that we can use counts.
  if (!plain && key_is_plain_) return;
  Key key;
  if (!plain || (method != "AES-128" && method != "SAMPLE-AES"))
    key.method = KeyMethod::Other;
  else if (method == "SAMPLE-AES")
    key.method = KeyMethod::SampleAes;
  key.uri = attributes["URI"];
  if (key.uri.empty()) lenient_.note("EXT-X-KEY without an address");
  const auto iv = attributes["IV"];
  key.iv = parse_iv(iv);
  if (!key.iv && !iv.empty()) lenient_.note(concat("EXT-X-KEY with a malformed IV: ", quote(iv)));
  key_ = std::move(key);
  key_is_plain_ = plain;
}

void Parser::read_map(std::string_view value) {
  const Attributes attributes(value);
  Map map;
  map.uri = attributes["URI"];
  if (map.uri.empty()) lenient_.note("EXT-X-MAP without an address");
  if (const auto range = attributes["BYTERANGE"]; !range.empty()) map.range = lenient_.range(range, 0);
  map_ = std::move(map);
}

void Parser::read_part(std::string_view value) {
  const Attributes attributes(value);
  const auto uri = attributes["URI"];
  if (uri.empty()) return lenient_.note("EXT-X-PART without an address");
  ++entries_;
  Part part;
  part.uri = uri;
  part.duration = lenient_.duration(attributes["DURATION"], "EXT-X-PART");
  if (const auto range = attributes["BYTERANGE"]; !range.empty())
    part.range = lenient_.range(range, uri == part_uri_ ? std::optional(part_end_) : std::nullopt);
  part.independent = attributes.is_yes("INDEPENDENT");
  part.gap = attributes.is_yes("GAP");
  part_uri_ = part.range ? uri : std::string_view{};
  part_end_ = part.range ? part.range->offset + part.range->length : 0;
  next_.parts.push_back(std::move(part));
}

void Parser::read_target_duration(std::string_view value) {
  const auto duration = lenient_.duration(value, "EXT-X-TARGETDURATION");
  has_target_ = duration > Duration::zero();
  if (has_target_) media_.target_duration = std::chrono::ceil<seconds>(duration);
}

void Parser::read_type(std::string_view value) {
  if (value == "VOD")
    media_.type = PlaylistType::Vod;
  else if (value == "EVENT")
    media_.type = PlaylistType::Event;
  else
    lenient_.note(concat("unknown EXT-X-PLAYLIST-TYPE: ", quote(value)));
}

void Parser::read_start(std::string_view value) {
  const Attributes attributes(value);
  const auto offset = parse_seconds(attributes["TIME-OFFSET"]);
  if (!offset) return lenient_.note("EXT-X-START without an offset");
  media_.start = Start{std::clamp(*offset, -kMaxDuration, kMaxDuration), attributes.is_yes("PRECISE")};
}

void Parser::read_server_control(std::string_view value) {
  const Attributes attributes(value);
  media_.server_control = ServerControl{
      .can_skip_until = lenient_.optional_duration(attributes["CAN-SKIP-UNTIL"], "CAN-SKIP-UNTIL"),
      .hold_back = lenient_.optional_duration(attributes["HOLD-BACK"], "HOLD-BACK"),
      .part_hold_back = lenient_.optional_duration(attributes["PART-HOLD-BACK"], "PART-HOLD-BACK"),
      .can_block_reload = attributes.is_yes("CAN-BLOCK-RELOAD"),
  };
}

void Parser::read_part_inf(std::string_view value) {
  media_.part_target = lenient_.duration(Attributes(value)["PART-TARGET"], "PART-TARGET");
}

void Parser::read_preload_hint(std::string_view value) {
  const Attributes attributes(value);
  if (attributes["TYPE"] != "PART") return;
  const auto length = attributes["BYTERANGE-LENGTH"];
  const auto start = attributes["BYTERANGE-START"];
  PreloadHint hint;
  hint.uri = attributes["URI"];
  if (!start.empty()) hint.offset = lenient_.number(start);
  if (!length.empty()) hint.length = lenient_.number(length);
  media_.preload = std::move(hint);
}

void Parser::read_variant(std::string_view value) {
  if (variant_) lenient_.note("EXT-X-STREAM-INF without an address");
  is_master_ = true;
  const Attributes attributes(value);
  Variant variant;
  if (const auto bandwidth = attributes["BANDWIDTH"]; !bandwidth.empty())
    variant.bandwidth = lenient_.number(bandwidth);
  else
    lenient_.note("EXT-X-STREAM-INF without BANDWIDTH");
  if (const auto average = attributes["AVERAGE-BANDWIDTH"]; !average.empty())
    variant.average_bandwidth = lenient_.number(average);
  variant.resolution = parse_resolution(attributes["RESOLUTION"]);
  variant.frame_rate = parse_rate(attributes["FRAME-RATE"]);
  variant.codecs = attributes["CODECS"];
  variant.audio = attributes["AUDIO"];
  variant_ = std::move(variant);
}

void Parser::read_rendition(std::string_view value) {
  static constexpr std::pair<std::string_view, RenditionType> kTypes[] = {
      {"AUDIO", RenditionType::Audio},
      {"VIDEO", RenditionType::Video},
      {"SUBTITLES", RenditionType::Subtitles},
      {"CLOSED-CAPTIONS", RenditionType::ClosedCaptions},
  };
  is_master_ = true;
  ++entries_;
  const Attributes attributes(value);
  const auto type =
      std::ranges::find(kTypes, attributes["TYPE"], &std::pair<std::string_view, RenditionType>::first);
  if (type == std::end(kTypes))
    return lenient_.note(concat("unknown TYPE of EXT-X-MEDIA: ", quote(attributes["TYPE"])));
  Rendition rendition;
  rendition.type = type->second;
  rendition.group = attributes["GROUP-ID"];
  rendition.name = attributes["NAME"];
  rendition.language = attributes["LANGUAGE"];
  rendition.uri = attributes["URI"];
  rendition.is_default = attributes.is_yes("DEFAULT");
  rendition.autoselect = attributes.is_yes("AUTOSELECT");
  master_.renditions.push_back(std::move(rendition));
}

std::optional<ByteRange> Parser::segment_range(std::string_view uri) {
  if (!range_text_) return std::nullopt;
  std::optional<std::uint64_t> previous_end;
  if (const auto& before = media_.segments;
      !before.empty() && before.back().range && before.back().uri == uri)
    previous_end = before.back().range->offset + before.back().range->length;
  return lenient_.range(*range_text_, previous_end);
}

/// Values are kept once for all the segments that they hold for.
template <class T>
std::optional<std::uint32_t> index_of(const std::optional<T>& value, std::vector<T>& known) {
  if (!value) return std::nullopt;
  if (known.empty() || known.back() != *value) known.push_back(*value);
  return static_cast<std::uint32_t>(known.size() - 1);
}

void Parser::put_key_and_map(Segment& segment) {
  segment.key = index_of(key_, media_.keys);
  segment.map = index_of(map_, media_.maps);
}

} // namespace

Result<ParsedPlaylist> parse_playlist(std::string_view text) {
  return Parser().run(text);
}

} // namespace relevo::hls
