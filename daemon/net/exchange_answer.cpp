// SPDX-License-Identifier: LGPL-2.1-or-later
// The answer of an exchange.
#include "base/text.hpp"
#include "exchange.hpp"
#include "gx/handle.hpp"
#include "net/etag.hpp"
#include "net/growth.hpp"
#include "net/gzip.hpp"
#include "net/range.hpp"
#include "uri/redact.hpp"

#include <utility>

namespace relevo::net {
namespace {

constexpr std::size_t kWorthCompressing = 1024;

bool is_text(std::string_view content_type) noexcept {
  return content_type.starts_with("application/json") || content_type.starts_with("text/") ||
         content_type.starts_with("audio/x-mpegurl") || content_type == "application/vnd.apple.mpegurl";
}

gx::Ref<GBytes> make_bytes(std::string text) {
  auto* kept = new std::string(std::move(text));
  const auto free = [](gpointer string) { delete static_cast<std::string*>(string); };
  return gx::Ref<GBytes>::adopt(g_bytes_new_with_free_func(kept->data(), kept->size(), free, kept));
}

} // namespace

void Exchange::answer(Response response) {
  prepare(response);
  write(std::move(response));
}

void Exchange::send(Response response) {
  prepare(response);
  gx::post(nullptr, [self = shared_from_this(), late = std::move(response)]() mutable {
    if (self->message_ && !self->answered_) self->write(std::move(late));
  });
}

Response Exchange::failure() {
  return error_response(SOUP_STATUS_INTERNAL_SERVER_ERROR, "failed",
                        "this request failed; the log tells why");
}

void Exchange::prepare(Response& response) const {
  if (!response.etag.empty() && response.status == SOUP_STATUS_OK &&
      knows_etag(known_etags_, response.etag)) {
    response.status = SOUP_STATUS_NOT_MODIFIED;
    response.body.clear();
    response.file.reset();
    response.blocks.clear();
  }
  if (!response.blocks.empty()) return prepare_range(response);
  if (response.file || response.body.empty()) return;
  if (response.content_type == "application/json") response.body += '\n'; // for people at terminals
  if (response.body.size() <= kWorthCompressing || !is_text(response.content_type)) return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (!takes_gzip_) return;
  response.body = gzip(response.body);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

void Exchange::prepare_range(Response& response) const {
  if (response.status != SOUP_STATUS_OK) return;
  response.headers.emplace_back("Accept-Ranges", "bytes");
  const auto size = size_of(response.blocks);
  const auto wanted = parse_range(range_, size);
  if (!wanted) {
    response = error_response(SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE, "no-such-range",
                              wanted.error().message, "Range");
    response.headers.emplace_back("Content-Range", concat("bytes */", size));
  } else if (*wanted) {
    const auto& range = **wanted;
    response.status = SOUP_STATUS_PARTIAL_CONTENT;
    response.headers.emplace_back(
        "Content-Range", concat("bytes ", range.first, '-', range.first + range.size - 1, '/', size));
    response.blocks = cut(response.blocks, range);
  }
}

void Exchange::write(Response response) {
  answered_ = true;
  held_ = std::move(response.held);
  hang_up_.reset();
  log_answer(response.status);
  soup_server_message_set_status(message_.get(), response.status, nullptr);
  write_headers(response);
  write_body(std::move(response));
  if (deferred_) soup_server_message_unpause(message_.get());
}

void Exchange::write_headers(const Response& response) {
  SoupMessageHeaders* headers = soup_server_message_get_response_headers(message_.get());
  for (const auto& [name, value] : response.headers)
    soup_message_headers_append(headers, name.c_str(), value.c_str());
  // Weak, because the same thing may go out compressed or not.
  if (!response.etag.empty())
    soup_message_headers_replace(headers, "ETag", concat("W/\"", response.etag, "\"").c_str());
  if (response.file || !response.blocks.empty() || !response.body.empty())
    soup_message_headers_replace(headers, "Content-Type", response.content_type.c_str());
  // libsoup before 3.3 never notices that the client of an idle connection has gone, and keeps its
  // descriptor.
  soup_message_headers_replace(headers, "Connection", "close");
}

void Exchange::write_blocks(const Blocks& blocks) {
  soup_message_headers_set_content_length(soup_server_message_get_response_headers(message_.get()),
                                          static_cast<goffset>(size_of(blocks)));
  if (std::string_view(soup_server_message_get_method(message_.get())) == "HEAD") return;
  for (const auto& block : blocks)
    if (g_bytes_get_size(block.get()) > 0) // libsoup takes no others
      soup_message_body_append_bytes(soup_server_message_get_response_body(message_.get()), block.get());
}

void Exchange::write_body(Response response) {
  if (!response.blocks.empty()) return write_blocks(response.blocks);
  if (!response.file) {
    if (response.body.empty()) return;
    soup_message_body_append_bytes(soup_server_message_get_response_body(message_.get()),
                                   make_bytes(std::move(response.body)).get());
    return;
  }
  const bool growing = write_file_length(*response.file);
  const std::string_view method = soup_server_message_get_method(message_.get());
  if ((response.file->size == 0 && !growing) || method == "HEAD") return;
  sender_ = std::make_shared<FileSender>(message_.get(), visitor_->socket, *std::move(response.file));
  sender_->start();
}

bool Exchange::write_file_length(FileBody& file) {
  auto* headers = soup_server_message_get_response_headers(message_.get());
  if (file.growth) {
    const auto state = file.growth->state();
    if (!state.whole) {
      const bool old = soup_server_message_get_http_version(message_.get()) == SOUP_HTTP_1_0;
      soup_message_headers_set_encoding(headers, old ? SOUP_ENCODING_EOF : SOUP_ENCODING_CHUNKED);
      return true;
    }
    file.size = state.size;
    file.growth.reset();
  }
  soup_message_headers_set_content_length(headers, static_cast<goffset>(file.size));
  return false;
}

void Exchange::log_answer(unsigned status) const {
  if (!house_.log.wants(LogLevel::Debug)) return;
  const char* method = soup_server_message_get_method(message_.get());
  // What nobody answers may be a login that was mistyped.
  const auto path = shown_path_.empty()
                        ? uri::redact_url(g_uri_get_path(soup_server_message_get_uri(message_.get())))
                        : shown_path_;
  house_.log.write(LogLevel::Debug,
                   concat(gx::CString(g_strescape(method, nullptr)).get(), " ",
                          gx::CString(g_strescape(path.c_str(), nullptr)).get(), " ", status));
}

} // namespace relevo::net
