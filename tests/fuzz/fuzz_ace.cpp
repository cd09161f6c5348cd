// SPDX-License-Identifier: LGPL-2.1-or-later
// Answers of an engine, ids and addresses of any text: what is read is inside its bounds, what is refused
// says why, and what is to be asked is asked of the engine. Input: texts with CUT! between them, each read as
// everything.
#include "ace/engine.hpp"
#include "ace/reply.hpp"
#include "fuzz.hpp"

using namespace relevo;
using namespace relevo::ace;
using relevo::fuzz::require;

namespace {

template <class T>
bool holds(const Reply<T>& reply) {
  require(reply || (!reply.error().text.empty() && reply.error().text.size() <= 220));
  return reply.has_value();
}

bool is_hash(const std::string& text) {
  return text.size() == 40 && normalise_hash(text) == text;
}

void read_replies(std::string_view body) {
  const auto opened = read_opened(body);
  if (holds(opened)) {
    require(is_hash(opened->infohash));
    require(!opened->playback_url.empty() && !opened->command_url.empty());
  }
  const auto infohash = read_infohash(body);
  require(!holds(infohash) || is_hash(*infohash));
  require(!holds(opened) || infohash == opened->infohash);
  const auto statistics = read_statistics(body);
  if (holds(statistics)) {
    require(statistics->progress <= 100);
    require(statistics->download_rate % 1024 == 0);
    if (statistics->live) {
      static_cast<void>(statistics->live->delay());
      static_cast<void>(statistics->live->window());
    }
  }
  const auto notice = read_notice(body);
  if (holds(notice)) {
    require(notice->name.size() <= 200 && notice->parameters.size() <= 32);
    require(notice->name.empty() == describe(*notice).empty());
  }
  const auto done = read_done(body);
  require(holds(done) || !is_unknown_session(done.error()) || done.error().kind == ReplyError::Kind::Refused);
}

void read_names(std::string_view text) {
  const auto content = parse_content(text);
  require(content || content.error().offset <= text.size());
  if (content) {
    require(is_hash(content->hash));
    require(parse_content(write_uri(*content)) == *content);
  }
  const auto engine = parse_engine(text);
  if (!engine) return;
  require(engine->base.find("://") != std::string::npos && !engine->base.ends_with('/'));
  require(parse_engine(engine->base) == *engine);
}

void rebase_url(std::string_view url) {
  const Engine engine{"http://e:1"};
  const auto rebased = rebase(engine, url);
  if (!rebased) return;
  require(rebased->starts_with("http://e:1/"));
  require(rebase(engine, *rebased) == *rebased);
  require(stop_url(*rebased).ends_with("method=stop"));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes input = std::as_bytes(std::span{data, size});
  while (!input.empty()) {
    const auto text = as_text(fuzz::take_packet(input));
    read_replies(text);
    read_names(text);
    rebase_url(text);
  }
  return 0;
}
