// SPDX-License-Identifier: LGPL-2.1-or-later
// An entry for each channel, as the dialect says.
#include "outputs/playlist.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "m3u/write.hpp"
#include "net/url.hpp"

namespace relevo::outputs {
namespace {

/// Counts up whenever the same channels are written in another way.
constexpr int kFormat = 1;

/// Writes one entry after the other.
class Writer {
 public:
  Writer(std::string& out, const PlaylistOptions& options)
      : out_(out), options_(options), dialect_(*options.dialect), hls_(options.format == StreamFormat::Hls) {
    begin_ = concat(options.base, "/stream/");
    end_ = hls_ ? ".m3u8" : ".ts";
    const auto token = net::percent_encode(options.token);
    if (is_panel())
      begin_ = concat(options.base, "/live/", net::percent_encode(options.panel_user), '/', token, '/');
    else if (!token.empty())
      end_ += concat("?token=", token);
    const auto& hint = dialect_.hint;
    if (!hint.tag.empty()) entry_.tags = {{hint.tag, hls_ ? hint.hls : hint.stream}};
  }

  void write_head() {
    m3u::Head head;
    // Some players know the one name, some the other.
    if (dialect_.guide_url)
      head.attributes = {{"url-tvg", options_.guide_url}, {"x-tvg-url", options_.guide_url}};
    m3u::write_head(out_, head);
  }

  void write(const LineupChannel& one) {
    const auto& channel = one.channel;
    name_ = channel.name;
    std::ranges::replace(name_, '"', '\'');
    number_ = channel.number ? lineup::write(*channel.number) : std::string();
    entry_.attributes.clear();
    for (const auto& [attribute, fact] : dialect_.columns)
      if (const auto value = tell(one, fact); !value.empty() || dialect_.empty_values)
        entry_.attributes.push_back({attribute, value});
    auto shown = name_;
    if (!dialect_.commas) std::ranges::replace(shown, ',', ';');
    entry_.name = shown;
    const auto reference = is_panel() ? std::to_string(channel.id.value) : net::percent_encode(channel.uuid);
    const auto url = concat(begin_, reference, end_);
    entry_.address.url = url;
    m3u::write_entry(out_, entry_);
  }

 private:
  [[nodiscard]] bool is_panel() const { return !options_.panel_user.empty(); }
  [[nodiscard]] std::string_view tell(const LineupChannel& one, Fact fact) const {
    switch (fact) {
    case Fact::Id: return one.id;
    case Fact::Uuid: return one.channel.uuid;
    case Fact::Name: return name_;
    case Fact::Number: return number_;
    case Fact::Group: return one.channel.group;
    case Fact::Logo: return one.channel.logo;
    }
    return {};
  }

  std::string& out_;
  const PlaylistOptions& options_;
  const Dialect& dialect_;
  const bool hls_;
  std::string begin_, end_;   // of all addresses
  std::string name_, number_; // of the channel
  m3u::Entry entry_;
};

} // namespace

void write_playlist(const Lineup& lineup, const PlaylistOptions& options, const Sink& sink) {
  Blocks blocks(sink);
  Writer writer(blocks.text(), options);
  writer.write_head();
  for (const auto& one : lineup) {
    writer.write(one);
    blocks.pass_on_if_full();
  }
  blocks.pass_on();
}

std::string state_of(const PlaylistOptions& options) {
  Hash hash;
  for (const auto text :
       {std::string_view(options.base), std::string_view(options.guide_url), std::string_view(options.token),
        std::string_view(options.panel_user), options.dialect->name})
    hash.add(text);
  return concat(kFormat, ' ', static_cast<int>(options.format), ' ', hash.value());
}

} // namespace relevo::outputs
