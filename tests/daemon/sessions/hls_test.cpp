// SPDX-License-Identifier: LGPL-2.1-or-later
// Channels as HLS: who asks is a viewer, what he gets, how long he stays.
#include "house.hpp"
#include "playlist_linter.hpp"

#include <doctest/doctest.h>

using namespace relevo;
using namespace relevo::sessions;
using namespace relevo::sessions::test;
using namespace std::chrono_literals;
using Wish = HlsGuest::Wish;

namespace {

Settings short_segments() {
  auto settings = quick();
  settings.hls = {1s, 4, 250ms};
  return settings;
}

void require(bool law, const char* name) {
  CHECK_MESSAGE(law, name);
}

std::string text_of(const channel::Blocks& blocks) {
  std::string text;
  for (const auto& block : blocks) {
    gsize size = 0;
    const auto* data = static_cast<const char*>(g_bytes_get_data(block.get(), &size));
    text.append(data, size);
  }
  return text;
}

/// A request, and what became of it.
struct Asked {
  [[nodiscard]] bool is_answered() const { return served || refused; }
  [[nodiscard]] int status() const { return served ? 200 : refused ? refused->status : 0; }

  std::optional<HlsServed> served;
  std::optional<Refused> refused;
  gx::CancelToken gone;
};

/// Somebody with a player.
class Player {
 public:
  Player(House& house, std::string name) : house_(house), who{std::move(name), "Player/1"} {}

  std::shared_ptr<Asked> ask(const std::string& channel, HlsGuest guest) {
    const auto asked = std::make_shared<Asked>();
    guest.who = who;
    guest.gone = asked->gone;
    guest.admit = admit;
    guest.on_served = [asked](HlsServed served) { asked->served = std::move(served); };
    guest.on_refused = [asked](Refused refused) { asked->refused = std::move(refused); };
    house_.sessions->watch(channel, std::move(guest));
    return asked;
  }
  std::shared_ptr<Asked> ask(const std::string& channel, Wish wish, const std::string& file = "") {
    HlsGuest guest;
    guest.wish = wish;
    guest.key = key;
    guest.file = file;
    return ask(channel, std::move(guest));
  }

  /// As a player begins: false where he is refused.
  [[nodiscard]] bool enters(const std::string& channel) {
    const auto asked = ask(channel, Wish::Entrance);
    if (!turn_until([&] { return asked->is_answered(); }) || !asked->served) return false;
    key = asked->served->key;
    uuid = asked->served->channel;
    return true;
  }

  /// Takes so many segments more, each as soon as it is there.
  [[nodiscard]] bool takes(std::size_t segments) {
    while (segments > 0) {
      HlsGuest guest;
      guest.wish = Wish::Playlist;
      guest.key = key;
      if (next_ > 0) guest.msn = std::to_string(next_);
      const auto asked = ask(uuid, std::move(guest));
      if (!turn_until([&] { return asked->is_answered(); }) || !asked->served) return false;
      const auto& playlist = asked->served->edition->plain;
      linter.check(playlist);
      for (std::size_t i = 0; i < playlist.segments.size() && segments > 0; ++i) {
        if (playlist.first_sequence() + i < next_) continue;
        const auto file = ask(uuid, Wish::File, playlist.segments[i].uri);
        if (!file->served) return false;
        stream += text_of(file->served->file);
        next_ = playlist.first_sequence() + i + 1;
        --segments;
      }
    }
    return true;
  }

 private:
  House& house_;
  std::uint64_t next_ = 0;

 public:
  const Viewer who;
  std::string key, uuid, stream;
  std::function<std::optional<HlsPlace>()> admit;
  hls::test::PlaylistLinter linter{&require};
};

} // namespace

TEST_CASE("a channel goes on as HLS while source after source dies, by the connection that all share") {
  House house(short_segments());
  house.add_channel("News", {"h264_720p50", "ac3", "h265_1080p25"});
  house.plans["News"].uuid = "News";
  Player ann(house, "ann");
  REQUIRE(ann.enters("News"));
  CHECK(house.told(Happening::SessionOpened).size() == 1);
  Visitor& bob = house.visit("bob", "News");
  REQUIRE(ann.takes(3));
  REQUIRE(bob.plays());
  const auto viewers = house.session("News").viewers;
  REQUIRE(viewers.size() == 2);
  CHECK(viewers[0].kind == ViewerKind::Hls);
  CHECK(viewers[0].who == ann.who);
  CHECK(viewers[0].stats.bytes == ann.stream.size());
  CHECK(viewers[1].kind == ViewerKind::Ts);
  house.provider.set_faults("h264_720p50", {"close"});
  REQUIRE(ann.takes(3));
  house.provider.set_faults("ac3", {"reset"});
  REQUIRE(ann.takes(4));
  CHECK(house.told(Happening::Switched).size() == 3);
  CHECK(relevo::test::violations_in(ann.stream) == "");
  CHECK(house.joe().highest == 1);

  bob.socket.hang_up();
  REQUIRE(house.hears(Happening::ViewerLeft, 1));
  CHECK(house.state("News") == State::Live); // she holds it
  REQUIRE(house.hears(Happening::SessionClosed));
  const auto left = house.told(Happening::ViewerLeft);
  REQUIRE(left.size() == 2);
  CHECK(left[1].who == ann.who);
  CHECK(left[1].reason == "silent");
  CHECK(left[1].kind == "hls");
  CHECK(left[1].bytes == ann.stream.size());
  CHECK(left[1].at - left[0].at < 9s);
  CHECK(house.told(Happening::ViewerJoined).size() == 2);
  CHECK(house.told(Happening::SessionClosed).at(0).bytes == left[0].bytes + left[1].bytes);
  CHECK(ann.ask("News", Wish::File, "segment-1.ts")->status() == 404); // which opens nothing
  CHECK(house.sessions->view().empty());
  house.close();
}

TEST_CASE("a viewer is who asks with the same key") {
  House house(short_segments());
  house.add_channel("News", {"h264_720p50"});
  house.plans["News"].uuid = "News";
  Player ann(house, "ann"), again(house, "ann"), bob(house, "bob");
  const auto first = ann.ask("News", Wish::Entrance), second = ann.ask("News", Wish::Entrance);
  CHECK(house.session("News").waiting.size() == 1);
  REQUIRE(turn_until([&] { return first->served && second->served; }));
  CHECK(first->served->key == second->served->key); // she has not begun yet
  ann.key = first->served->key;
  ann.uuid = "News";
  REQUIRE(ann.takes(1));
  REQUIRE(again.enters("News")); // another one, from the same house
  CHECK(again.key != ann.key);
  REQUIRE(bob.enters("News"));
  CHECK(house.session("News").viewers.size() == 3);
  REQUIRE(again.takes(1));
  REQUIRE(bob.takes(1));
  CHECK(house.session("News").viewers.size() == 3);

  Player eve(house, "eve"); // whose player lost the key
  eve.uuid = "News";
  REQUIRE(eve.takes(2));
  CHECK(eve.ask("News", Wish::Playlist)->served->key == "");
  CHECK(house.session("News").viewers.size() == 4);
  Player old(house, "old"); // of another life of the daemon
  old.key = std::string(32, 'a');
  old.uuid = "News";
  REQUIRE(old.takes(1));
  CHECK(old.ask("News", Wish::Playlist)->served->key == old.key);

  const auto victim = house.session("News").viewers.at(0);
  CHECK(victim.who == ann.who);
  HlsGuest waits;
  waits.wish = Wish::Playlist;
  waits.key = ann.key;
  waits.msn = std::to_string(ann.linter.last()->end_sequence() + 1);
  const auto waiting = ann.ask("News", std::move(waits));
  REQUIRE(house.sessions->kick(victim.stats.id));
  CHECK(waiting->status() == 410);
  CHECK(ann.ask("News", Wish::Playlist)->status() == 410);
  CHECK(ann.ask("News", Wish::File, "segment-1.ts")->status() == 410);
  CHECK(house.told(Happening::ViewerLeft).at(0).reason == "removed");
  REQUIRE(again.takes(1));
  CHECK_FALSE(house.sessions->kick(victim.stats.id));
  house.close();
  CHECK(house.told(Happening::ViewerJoined).size() == 5);
  CHECK(house.told(Happening::ViewerLeft).size() == 5);
}

TEST_CASE("a viewer needs a place for his seat, and goes when he loses it") {
  House house(short_segments());
  house.add_channel("News", {"h264_720p50"});
  house.plans["News"].uuid = "News";
  Player bob(house, "bob");
  bob.admit = [] { return std::nullopt; };
  for (const Wish wish : {Wish::Entrance, Wish::Playlist})
    CHECK_FALSE(bob.ask("News", wish)->is_answered()); // whoever refused him did that
  CHECK(house.sessions->view().empty());

  int asked = 0;
  HlsPlace place;
  Player ann(house, "ann");
  ann.admit = [&] {
    ++asked;
    return place = {std::make_shared<int>(), {}};
  };
  REQUIRE(ann.enters("News"));
  REQUIRE(ann.takes(2));
  CHECK(asked == 1);
  CHECK(place.ticket.use_count() == 2);
  for (const Wish wish : {Wish::Entrance, Wish::Playlist, Wish::File})
    static_cast<void>(bob.ask("News", wish, "segment-1.ts"));
  CHECK(house.session("News").viewers.size() == 1);

  place.lost.cancel();
  REQUIRE(house.hears(Happening::ViewerLeft, 1));
  CHECK(house.told(Happening::ViewerLeft).at(0).reason == "replaced");
  CHECK(place.ticket.use_count() == 1);
  CHECK(ann.ask("News", Wish::Playlist)->status() == 410);
  ann.key.clear();
  REQUIRE(ann.enters("News")); // anew, and gets another one
  CHECK(asked == 2);
  house.close();
}

TEST_CASE("a channel that plays has a playlist at once, and files that say what there is") {
  House house(short_segments());
  house.add_channel("News", {"h264_720p50"});
  house.plans["News"].uuid = "News";
  Visitor& bob = house.visit("bob", "News");
  REQUIRE(bob.plays(2'000'000));
  Player ann(house, "ann");
  CHECK(ann.ask("News", Wish::File, "segment-1.ts")->status() == 404); // nobody wants HLS
  CHECK(house.told(Happening::ViewerRefused).empty());
  CHECK(house.session("News").viewers.size() == 1);
  const auto begin = std::chrono::steady_clock::now();
  REQUIRE(ann.enters("News"));
  REQUIRE(ann.takes(2));
  CHECK(std::chrono::steady_clock::now() - begin < 1'500ms); // what comes from now on takes two seconds
  const auto lost = ann.ask("News", Wish::File, "segment-1.ts");
  CHECK(lost->status() == 404);
  CHECK(lost->refused->reason.find(std::to_string(ann.linter.last()->first_sequence())) != std::string::npos);

  std::shared_ptr<Asked> hinted;
  REQUIRE(turn_until([&] { // until one has not come yet
    HlsGuest low;
    low.wish = Wish::Playlist;
    low.key = ann.key;
    low.low_latency = true;
    const auto parts = ann.ask("News", std::move(low));
    REQUIRE(parts->served);
    REQUIRE(parts->served->edition->low_latency.preload);
    hinted = ann.ask("News", Wish::File, parts->served->edition->low_latency.preload->uri);
    return !hinted->is_answered();
  }));
  REQUIRE(turn_until([&] { return hinted->is_answered(); }));
  REQUIRE(hinted->served);
  CHECK(text_of(hinted->served->file).size() % 188 == 0);

  HlsGuest nonsense;
  nonsense.wish = Wish::Playlist;
  nonsense.key = ann.key;
  nonsense.msn = "x";
  CHECK(ann.ask("News", std::move(nonsense))->status() == 400);
  hinted->served.reset();
  Player stranger(house, "eve");
  CHECK(stranger.ask("News", Wish::File, "segment-1.ts")->status() == 404);
  REQUIRE(house.hears(Happening::ViewerRefused));
  CHECK(house.told(Happening::ViewerRefused)[0].who == stranger.who);
  CHECK(house.told(Happening::ViewerRefused)[0].cause == Cause::Misasked);
  CHECK(house.session("News").waiting.empty());
  house.close();
  CHECK(house.told(Happening::ViewerJoined).size() == house.told(Happening::ViewerLeft).size());
}

TEST_CASE("he is there as long as something is on its way to him") {
  House house(short_segments());
  house.add_channel("News", {"h264_720p50"});
  house.plans["News"].uuid = "News";
  Player ann(house, "ann"), bob(house, "bob");
  REQUIRE(ann.enters("News"));
  REQUIRE(bob.enters("News"));
  const auto playlist = ann.ask("News", Wish::Playlist)->served->edition->plain;
  const auto slow = ann.ask("News", Wish::File, playlist.segments.back().uri);
  REQUIRE(slow->served);
  CHECK(house.session("News").viewers.at(0).connections == 1);
  REQUIRE(house.hears(Happening::ViewerLeft)); // bob, who was as silent
  CHECK(house.told(Happening::ViewerLeft)[0].who == bob.who);
  CHECK(house.session("News").viewers.size() == 1);
  slow->served.reset();
  CHECK(house.session("News").viewers.at(0).connections == 0);
  house.close();
}

TEST_CASE("who waits for the first segment is told why there is none, and may go") {
  auto settings = short_segments();
  settings.opening = 700ms;
  House house(settings);
  house.add_channel("News", {"h264_720p50"});
  house.provider.set_faults("h264_720p50", {"hold:60"});
  Player ann(house, "ann");
  const auto refused = ann.ask("News", Wish::Entrance);
  REQUIRE(turn_until([&] { return refused->is_answered(); }));
  CHECK(refused->status() == 503);
  CHECK(refused->refused->retry_after == settings.retry_after);
  CHECK(house.told(Happening::ViewerRefused).size() == 1);
  house.close();
  const auto going = ann.ask("News", Wish::Entrance);
  CHECK(house.state("News") == State::Opening);
  going->gone.cancel();
  REQUIRE(house.hears(Happening::SessionClosed, 2));
  CHECK(house.told(Happening::ViewerJoined).empty());
  CHECK(ann.ask("Nothing", Wish::Entrance)->status() == 404);
  CHECK(ann.ask("Nothing", Wish::Playlist)->status() == 404);
}

TEST_CASE("who zaps takes his connection along as HLS, too") {
  auto settings = short_segments();
  settings.linger = 1h;
  House house(settings);
  house.add_channel("News", {"h264_720p50"});
  house.add_channel("Sport", {"ac3"});
  Player ann(house, "ann"), bob(house, "bob");
  REQUIRE(ann.enters("News"));
  CHECK_FALSE(bob.enters("Sport"));
  CHECK(house.session("News").viewers.size() == 1);
  REQUIRE(ann.enters("Sport"));
  CHECK(house.told(Happening::SessionClosed).at(1).reason == "to make room");
  CHECK(house.joe().highest == 1);
  CHECK(house.joe().refused == 0);
}
