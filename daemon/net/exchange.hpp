// SPDX-License-Identifier: LGPL-2.1-or-later
// Exchange: one request and its answer, over a SoupServerMessage.
#pragma once

#include "base/log.hpp"
#include "file_sender.hpp"
#include "gx/cancel.hpp"
#include "gx/context.hpp"
#include "gx/ref.hpp"
#include "gx/signal.hpp"
#include "intake.hpp"
#include "net/route.hpp"
#include "net/server.hpp"
#include "visitor.hpp"

#include <functional>
#include <libsoup/soup.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relevo::net {

/// Lives in the main thread but for send(). The server keeps it until the message is over; a Reply may keep
/// it longer, and then it does nothing any more.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  /// What it may use until the message is over.
  struct House {
    const Log& log;
    const Router& router;
    const ServerSettings& settings;
    std::function<void(SoupServerMessage*)> over;                          // lets go of the exchange
    std::function<void(const std::shared_ptr<WebSocket>&, Ticket)> opened; // before the handler sees it
  };

  Exchange(House house, SoupServerMessage* message, std::shared_ptr<Visitor> visitor);

  /// The headers are here: refuses, or waits for the body.
  void on_headers();
  /// The body is here, and nothing was refused: the handler's turn.
  void on_body();
  /// The connection is gone, or all is done.
  void end();

  /// From any thread, once: the answer of a handler that took its time.
  void send(Response response);
  /// The same in place of an answer: somebody else has the connection now.
  void let_go();
  [[nodiscard]] const gx::CancelToken& gone() const noexcept { return gone_; }

  /// For whom a handler failed.
  [[nodiscard]] static Response failure();

 private:
  using Refusal = std::optional<Response>;

  [[nodiscard]] Refusal examine();
  [[nodiscard]] Refusal check_room() const;
  [[nodiscard]] Refusal read_url();
  void go_below();
  [[nodiscard]] Refusal find_route();
  [[nodiscard]] Refusal check_access();
  [[nodiscard]] Refusal ask_guard();
  [[nodiscard]] Response refuse(Response response) const;
  [[nodiscard]] Refusal check_body() const;
  void read_headers();
  [[nodiscard]] Refusal start_intake(const BodyRule& rule);

  [[nodiscard]] Refusal take_form();
  void wait_for_guard();
  void handle();
  void run(const Answer& answer);
  void run(const Defer& defer);
  void run(const Connect& connect);
  void run(const Stream& stream);
  void defer();
  void open_socket(const Connect& connect);

  // exchange_answer.cpp
  void answer(Response response);
  void prepare(Response& response) const; // any thread, as the next one
  void prepare_range(Response& response) const;
  void write(Response response);
  void write_headers(const Response& response);
  void write_body(Response response);
  /// Whether it is not known yet.
  [[nodiscard]] bool write_file_length(FileBody& file);
  void write_blocks(const Blocks& blocks);
  void log_answer(unsigned status) const;

  House house_;
  gx::Ref<SoupServerMessage> message_; // null: over
  std::shared_ptr<Visitor> visitor_;
  gx::SignalConnection finished_;
  gx::SignalConnection disconnected_;
  gx::SignalConnection chunk_;
  gx::SignalConnection upgraded_;

  Request request_;                   // until the handler gets it
  std::vector<std::string> segments_; // of its path
  std::string shown_path_;            // for logs: without a login; "": nobody knows what the path means
  bool takes_gzip_ = false;           // unchangeable once a handler runs, like the next
  std::string known_etags_;
  std::string range_;            // that is wanted
  const Route* route_ = nullptr; // null: refused
  std::shared_ptr<Intake> intake_;

  bool form_ = false;                          // the body is one, and may say who asks
  std::function<void(Admission::Then)> guard_; // takes a while; empty: it has said all
  bool deferred_ = false;                      // the message is paused
  bool handed_over_ = false;                   // a handler has the duty to answer
  bool answered_ = false;
  gx::Source hang_up_; // while deferred
  gx::CancelToken gone_;
  std::shared_ptr<FileSender> sender_; // null: the body is in memory
  std::shared_ptr<void> held_;         // of the answer
};

} // namespace relevo::net
