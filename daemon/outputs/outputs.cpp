// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to lists and guides, in workers.
#include "outputs/outputs.hpp"

#include "base/text.hpp"
#include "gx/local_time.hpp"
#include "net/gzip.hpp"
#include "outputs/base_url.hpp"
#include "outputs/guide.hpp"
#include "outputs/playlist.hpp"
#include "store/users.hpp"

#include <exception>
#include <memory>
#include <utility>

namespace relevo::outputs {
namespace {

using net::Method;
using net::Reply;
using net::Request;
using net::Response;

constexpr unsigned kBadRequest = 400, kNotFound = 404, kInternalError = 500, kUnavailable = 503;
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

bool wants_packed(const Request& request) {
  return net::accepts_gzip(std::string(request.header("Accept-Encoding")));
}

Response packed_for(const Request& request, Response response, std::string content_type) {
  response.content_type = std::move(content_type);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (wants_packed(request) && response.file) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

model::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Response answer_to(const sqlite::Failure& failure) {
  if (failure.problem() == sqlite::Problem::Busy)
    return net::error_response(kUnavailable, "busy", "the database is busy; try again");
  return net::error_response(kInternalError, "database", "the database failed; the log tells how");
}

/// What std::function can hold.
struct Waiting {
  Request request;
  Reply reply;
};

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
  server_.serve({method, path, summary,
                 [this, &pool, work](Request request, Reply reply) {
                   auto waiting = std::make_shared<Waiting>(Waiting{std::move(request), std::move(reply)});
                   pool.submit([this, waiting, work](const gx::CancelToken& ending) {
                     const auto over = [&] {
                       return ending.cancelled() || waiting->reply.gone().cancelled();
                     };
                     std::move(waiting->reply).send(perform({waiting->request, over}, work));
                   });
                 },
                 net::Access::Player, method == Method::Post ? net::form_body() : net::BodyRule{}});
}

Response Outputs::perform(const Asked& asked, Work work) {
  try {
    return (this->*work)(asked);
  } catch (Refused& refused) {
    return std::move(refused.response);
  } catch (const Abandoned&) {
    return net::error_response(kUnavailable, "abandoned", "nobody seemed to wait for this any more");
  } catch (const sqlite::Failure& failure) {
    log_.write(LogLevel::Error, concat(asked.request.path, ": ", failure.what()));
    return answer_to(failure);
  } catch (const std::exception& error) {
    log_.write(LogLevel::Error, concat(asked.request.path, ": ", error.what()));
    return net::error_response(kInternalError, "failed", "this failed; the log tells why");
  }
}

Response Outputs::playlist(const Asked& asked) {
  PlaylistOptions options;
  options.token = asked.request.asker.stream_token;
  return print_playlist(asked, wish_of(asked.request), std::move(options));
}

Response Outputs::panel_playlist(const Asked& asked) {
  PlaylistOptions options;
  options.token = asked.request.asker.stream_token;
  if (!options.token.empty()) options.panel_user = asked.request.asker.name;
  return print_playlist(asked, wish_of(asked.request, true), std::move(options));
}

Response Outputs::print_playlist(const Asked& asked, const Wish& wish, PlaylistOptions options) {
  const auto& request = asked.request;
  options.dialect = wish.dialect;
  options.format = wish.format;
  const auto base = base_for(request, settings_.public_address);
  if (!base) refuse_invalid(base.error().message, "Host");
  options.base = *base;
  options.guide_url = write_guide_url(options.base, wish, options.token);
  const auto said = concat(key_of(request, wish), state_of(options), '\n');
  auto response = list_press_.print(
      {said, wants_packed(request), std::string(request.header("If-None-Match")), asked.over},
      [&](sqlite::Database& database) {
        auto lineup = std::make_shared<const Lineup>(load(database, request, wish));
        return Edition{concat(state_of(options), ' ', state_of(*lineup)),
                       [lineup, options](sqlite::Database&, const Sink& sink) {
                         write_playlist(*lineup, options, sink);
                       }};
      });
  response = packed_for(request, std::move(response), "audio/x-mpegurl; charset=utf-8");
  if (!options.token.empty()) response.headers.emplace_back("Cache-Control", "private");
  return response;
}

Response Outputs::guide(const Asked& asked) {
  return packed_for(asked.request, print_guide(asked, wants_packed(asked.request)),
                    "application/xml; charset=utf-8");
}

Response Outputs::packed_guide(const Asked& asked) {
  auto response = print_guide(asked, true);
  response.content_type = "application/gzip";
  return response;
}

Response Outputs::print_guide(const Asked& asked, bool packed) {
  const auto& request = asked.request;
  const auto wish = wish_of(request);
  const auto time = guide_time(now(), wish.past, wish.future);
  const auto said = concat(key_of(request, wish), time.window.from.time_since_epoch().count(), '\n',
                           time.window.to.time_since_epoch().count());
  return guide_press_.print({said, packed, std::string(request.header("If-None-Match")), asked.over},
                            [&](sqlite::Database& database) {
                              auto lineup = std::make_shared<const Lineup>(load(database, request, wish));
                              return Edition{guide_state(database, *lineup, time),
                                             [lineup, time](sqlite::Database& own, const Sink& sink) {
                                               write_guide(*lineup, catalog::Programmes(own, gx::utc_offset),
                                                           time, sink);
                                             }};
                            });
}

} // namespace relevo::outputs
