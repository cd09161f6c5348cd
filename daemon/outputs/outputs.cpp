// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to lists and guides, in workers.
#include "outputs/outputs.hpp"

#include "base/text.hpp"
#include "gx/local_time.hpp"
#include "outputs/answer.hpp"
#include "outputs/base_url.hpp"
#include "outputs/guide.hpp"
#include "outputs/playlist.hpp"
#include "store/users.hpp"

#include <memory>
#include <utility>

namespace relevo::outputs {
namespace {

using net::Method;
using net::Request;
using net::Response;

constexpr unsigned kBadRequest = 400, kNotFound = 404;
/// Somebody has players of some kinds, and a profile or two; each may want its text packed, or not.
constexpr std::size_t kMostLists = 20, kMostGuides = 6;

/// An answer in place of the one that was asked for.
struct Refused {
  Response response;
};

[[noreturn]] void refuse_invalid(std::string_view message, std::string_view where) {
  throw Refused{net::error_response(kBadRequest, "invalid", message, where)};
}

Wish wish_of(const Request& request, bool panel = false) {
  auto wish = panel ? read_panel_wish(request) : read_wish(request);
  if (!wish) refuse_invalid(wish.error().message, wish.error().where);
  return *std::move(wish);
}

/// What of the channels is asked for, of those that the asker sees.
Lineup load(sqlite::Database& database, const Request& request, const Wish& wish) {
  auto part = wish.part;
  if (request.asker.user != 0) {
    const auto user = store::find_user(database, model::UserId{request.asker.user});
    part.only = user ? user->profiles : std::vector<model::ProfileId>(); // one who has gone sees nothing
  }
  auto lineup = load_lineup(database, part, wish.ids);
  if (lineup) return *std::move(lineup);
  const auto& missing = lineup.error();
  throw Refused{net::error_response(kNotFound, "not-found",
                                    concat("there is no ", missing, " with this name"), missing)};
}

/// Two askers for whom this is the same get the same, whatever is in the database.
std::string key_of(const Request& request, const Wish& wish) {
  return concat(request.asker.user, '\n', wish.part.profile, '\n', wish.part.group, '\n',
                static_cast<int>(wish.ids), '\n');
}

model::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

/// A guide, as a press makes it.
struct GuideOrder {
  std::string wish;
  Press::Compose compose;
};

/// The request must outlive it.
GuideOrder order_guide(const Request& request) {
  const auto wish = wish_of(request);
  const auto time = guide_time(now(), wish.past, wish.future);
  return {concat(key_of(request, wish), time.window.from.time_since_epoch().count(), '\n',
                 time.window.to.time_since_epoch().count()),
          [&request, wish, time](sqlite::Database& database) {
            auto lineup = std::make_shared<const Lineup>(load(database, request, wish));
            return Edition{guide_state(database, *lineup, time),
                           [lineup, time](sqlite::Database& own, const Sink& sink) {
                             write_guide(*lineup, catalog::Programmes(own, gx::utc_offset), time, sink);
                           }};
          }};
}

} // namespace

Outputs::Outputs(net::Server& server, const Log& log, OutputSettings settings)
    : server_(server),
      log_(log),
      settings_(std::move(settings)),
      list_press_({settings_.database, settings_.folder, kMostLists}),
      guide_press_({settings_.database, settings_.folder, kMostGuides}),
      lists_("lists", 1),
      guides_("guides", 1) {
  serve_playlists();
  serve_guides();
}

void Outputs::serve_playlists() {
  constexpr std::pair<const char*, const char*> kPaths[] = {
      {"/playlist.m3u", "the channels as M3U; profile=NAME, group=NAME, dialect=NAME, output=ts or m3u8"},
      {"/m3u/{profile}.m3u", "the channels of a profile as M3U"},
      // Players have these from other servers. Some of them ask with POST.
      {"/output/m3u", "as /playlist.m3u"},
      {"/output/m3u/", "as /playlist.m3u"},
      {"/output/m3u/{profile}", "as /playlist.m3u?profile=NAME"},
      {"/output/m3u/{profile}/", "as /playlist.m3u?profile=NAME"},
      {"/playlist", "as /playlist.m3u"},
      {"/groups_playlist", "as /playlist.m3u: what are groups of streams elsewhere are channels here"}};
  for (const auto& [path, summary] : kPaths)
    serve_to_players(path, summary, &Outputs::playlist);
  for (const char* path :
       {"/get.php", "/playlist/{username}/{password}", "/playlist/{username}/{password}/{type}"})
    serve_to_players(path, "the channels as panels list them; type=m3u_plus or m3u, output=ts or m3u8",
                     &Outputs::panel_playlist);
}

void Outputs::serve_to_players(const std::string& path, const std::string& summary, Work work) {
  for (const auto method : {Method::Get, Method::Post})
    serve(method, path, summary, lists_, work);
}

void Outputs::serve_guides() {
  serve(Method::Get, "/guide.xml",
        "their guide as XMLTV; profile=NAME, group=NAME, days=NUMBER, prev_days=NUMBER", guides_,
        &Outputs::guide);
  serve(Method::Get, "/guide.xml.gz", "the same as a packed file", guides_, &Outputs::packed_guide);
  serve(Method::Get, "/epg/{username}/{password}/gz", "as /guide.xml.gz", guides_, &Outputs::packed_guide);
  constexpr std::pair<const char*, const char*> kPaths[] = {
      {"/output/epg", "as /guide.xml"},
      {"/output/epg/", "as /guide.xml"},
      {"/output/epg/{profile}", "as /guide.xml?profile=NAME"},
      {"/output/epg/{profile}/", "as /guide.xml?profile=NAME"},
      {"/xmltv.php", "as /guide.xml"},
      {"/epg/{username}/{password}", "as /guide.xml"}};
  for (const auto& [path, summary] : kPaths)
    serve(Method::Get, path, summary, guides_, &Outputs::guide);
}

void Outputs::serve(Method method, const std::string& path, const std::string& summary, gx::WorkerPool& pool,
                    Work work) {
  const auto perform = [this, work](const net::Asked& asked) {
    try {
      return (this->*work)(asked);
    } catch (Refused& refused) {
      return std::move(refused.response);
    }
  };
  server_.serve({method, path, summary, answer_in(pool, log_, perform), net::Access::Player,
                 method == Method::Post ? net::form_body() : net::BodyRule{}});
}

Response Outputs::playlist(const net::Asked& asked) {
  PlaylistOptions options;
  options.token = asked.request.asker.stream_token;
  return print_playlist(asked, wish_of(asked.request), std::move(options));
}

Response Outputs::panel_playlist(const net::Asked& asked) {
  PlaylistOptions options;
  options.token = asked.request.asker.stream_token;
  if (!options.token.empty()) options.panel_user = asked.request.asker.name;
  return print_playlist(asked, wish_of(asked.request, true), std::move(options));
}

Response Outputs::print_playlist(const net::Asked& asked, const Wish& wish, PlaylistOptions options) {
  const auto& request = asked.request;
  options.dialect = wish.dialect;
  options.format = wish.format;
  const auto base = base_for(request, settings_.public_address);
  if (!base) refuse_invalid(base.error().message, "Host");
  options.base = *base;
  options.guide_url = write_guide_url(options.base, wish, options.token);
  const auto said = concat(key_of(request, wish), state_of(options), '\n');
  auto response =
      print_for(asked, list_press_, said, "audio/x-mpegurl; charset=utf-8", [&](sqlite::Database& database) {
        auto lineup = std::make_shared<const Lineup>(load(database, request, wish));
        return Edition{concat(state_of(options), ' ', state_of(*lineup)),
                       [lineup, options](sqlite::Database&, const Sink& sink) {
                         write_playlist(*lineup, options, sink);
                       }};
      });
  if (!options.token.empty()) response.headers.emplace_back("Cache-Control", "private");
  return response;
}

Response Outputs::guide(const net::Asked& asked) {
  const auto order = order_guide(asked.request);
  return print_for(asked, guide_press_, order.wish, "application/xml; charset=utf-8", order.compose);
}

Response Outputs::packed_guide(const net::Asked& asked) {
  const auto order = order_guide(asked.request);
  auto response = guide_press_.print(order_for(asked, order.wish, true), order.compose);
  response.content_type = "application/gzip";
  return response;
}

} // namespace relevo::outputs
