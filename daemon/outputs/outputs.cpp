// SPDX-License-Identifier: LGPL-2.1-or-later
// From requests to lists and guides, in workers.
#include "outputs/outputs.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "guide_files.hpp"
#include "gx/local_time.hpp"
#include "net/etag.hpp"
#include "net/gzip.hpp"
#include "net/url.hpp"
#include "outputs/base_url.hpp"
#include "outputs/guide.hpp"
#include "outputs/playlist.hpp"
#include "store/store.hpp"
#include "store/users.hpp"

#include <exception>
#include <utility>

namespace relevo::outputs {
namespace {

using net::Reply;
using net::Request;
using net::Response;

constexpr unsigned kBadRequest = 400, kNotFound = 404, kInternalError = 500, kUnavailable = 503;
constexpr int kUsualDays = 7, kMostDays = 31;

/// An answer in place of the one that was asked for.
struct Refused {
  Response response;
};

/// Nobody waits any more.
struct Abandoned {};

[[noreturn]] void refuse_invalid(std::string_view message, std::string_view where) {
  throw Refused{net::error_response(kBadRequest, "invalid", message, where)};
}

std::string text_of(const Request& request, std::string_view name) {
  return std::string(request.query_value(name).value_or(""));
}

/// In the path, as other servers have it, or in the query.
Part wished_part(const Request& request) {
  constexpr std::string_view kEnd = ".m3u";
  for (const auto& [name, file] : request.parameters) {
    if (!file.ends_with(kEnd) || file.size() == kEnd.size())
      throw Refused{net::error_response(kNotFound, "not-found", "there is no such playlist", name)};
    return {file.substr(0, file.size() - kEnd.size()), {}, {}};
  }
  return {text_of(request, "profile"), text_of(request, "group"), {}};
}

/// What of the channels is asked for, of those that the asker sees.
Part part_of(const Request& request, sqlite::Database& database) {
  Part part = wished_part(request);
  if (request.asker.user == 0) return part;
  const auto user = store::find_user(database, model::UserId{request.asker.user});
  part.only = user ? user->profiles : std::vector<model::ProfileId>(); // one who has gone sees nothing
  return part;
}

Lineup load(sqlite::Database& database, const Part& part) {
  auto lineup = load_lineup(database, part);
  if (lineup) return *std::move(lineup);
  const auto& missing = lineup.error();
  throw Refused{net::error_response(kNotFound, "not-found",
                                    concat("there is no ", missing, " with this name"), missing)};
}

/// Where the guide of the same channels is.
std::string guide_url(const std::string& base, const Part& part, const std::string& token) {
  auto url = concat(base, "/guide.xml");
  char separator = '?';
  for (const auto& [name, value] :
       {std::pair("profile", &part.profile), std::pair("group", &part.group), std::pair("token", &token)}) {
    if (value->empty()) continue;
    url += concat(std::exchange(separator, '&'), name, '=', net::percent_encode(*value));
  }
  return url;
}

std::chrono::days days_of(const Request& request) {
  const auto text = request.query_value("days");
  const auto days = parse_number<int>(text ? *text : std::to_string(kUsualDays));
  if (!days || *days < 1 || *days > kMostDays)
    refuse_invalid(concat("must be a number of days from 1 to ", kMostDays), "days");
  return std::chrono::days(*days);
}

StreamFormat format_of(const Request& request) {
  const auto output = request.query_value("output").value_or("ts");
  if (output == "ts") return StreamFormat::Ts;
  if (output == "m3u8") return StreamFormat::Hls;
  refuse_invalid("must be ts or m3u8", "output");
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
      files_(std::make_unique<GuideFiles>()),
      lists_("lists", 1),
      guides_("guides", 1) {
  serve("/playlist.m3u", "the channels as M3U; profile=NAME, group=NAME, output=ts or m3u8", lists_,
        &Outputs::playlist);
  serve("/m3u/{profile}", "the channels of a profile as M3U: /m3u/NAME.m3u", lists_, &Outputs::playlist);
  serve("/guide.xml", "their guide as XMLTV; profile=NAME, group=NAME, days=NUMBER", guides_,
        &Outputs::guide);
  serve("/guide.xml.gz", "the same as a packed file", guides_, &Outputs::packed_guide);
}

Outputs::~Outputs() = default;

void Outputs::serve(const std::string& path, const std::string& summary, gx::WorkerPool& pool, Work work) {
  server_.serve({net::Method::Get, path, summary,
                 [this, &pool, work](Request request, Reply reply) {
                   auto waiting = std::make_shared<Waiting>(Waiting{std::move(request), std::move(reply)});
                   pool.submit([this, waiting, work](const gx::CancelToken& ending) {
                     const auto over = [&] {
                       return ending.cancelled() || waiting->reply.gone().cancelled();
                     };
                     std::move(waiting->reply).send(perform({waiting->request, over}, work));
                   });
                 },
                 net::Access::Player});
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
  options.base = settings_.public_address;
  if (options.base.empty()) {
    const auto base = base_of_host(asked.request.header("Host"), asked.request.secure);
    if (!base) refuse_invalid(base.error().message, "Host");
    options.base = *base;
  }
  options.format = format_of(asked.request);
  auto database = store::open_again(settings_.database);
  const sqlite::Snapshot snapshot(database);
  const auto part = part_of(asked.request, database);
  options.guide_url = guide_url(options.base, part, options.token);
  Response response;
  response.body = write_playlist(load(database, part), options);
  response.content_type = "audio/x-mpegurl; charset=utf-8";
  response.etag = std::to_string(Hash().add(response.body).value());
  if (!options.token.empty()) response.headers.emplace_back("Cache-Control", "private");
  return response;
}

Response Outputs::guide(const Asked& asked) {
  const bool packed = net::accepts_gzip(std::string(asked.request.header("Accept-Encoding")));
  auto response = give_guide(asked, packed);
  response.content_type = "application/xml; charset=utf-8";
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (packed && response.file) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

Response Outputs::packed_guide(const Asked& asked) {
  auto response = give_guide(asked, true);
  response.content_type = "application/gzip";
  return response;
}

/// Without a body where the client has it already: the server makes a 304 of it.
Response Outputs::give_guide(const Asked& asked, bool packed) {
  const auto time = guide_time(now(), settings_.past, days_of(asked.request));
  auto database = store::open_again(settings_.database);
  const sqlite::Snapshot snapshot(database);
  const auto lineup = load(database, part_of(asked.request, database));
  Response response;
  response.etag = guide_state(database, lineup, time);
  if (net::knows_etag(std::string(asked.request.header("If-None-Match")), response.etag)) return response;
  const auto key = concat(response.etag, packed ? ".gz" : "");
  response.file = files_->find(key);
  if (response.file) return response;
  GuideFile file(settings_.folder, packed);
  write_guide(lineup, catalog::Programmes(database, gx::utc_offset), time, [&](std::string_view text) {
    if (asked.over()) throw Abandoned();
    file.write(text);
  });
  files_->add(key, std::move(file).finish());
  response.file = files_->find(key);
  return response;
}

} // namespace relevo::outputs
