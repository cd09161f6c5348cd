// SPDX-License-Identifier: LGPL-2.1-or-later
// What the daemon needs and moves, in the admin API.
#include "admin/figure_book.hpp"
#include "answers.hpp"

namespace relevo::admin {
namespace {

Field<FigureHistory> seconds(std::string name, std::chrono::seconds FigureHistory::*member,
                             std::string summary) {
  return {std::move(name), std::move(summary), {{"type", "integer"}}, [member](const FigureHistory& history) {
            return Json((history.*member).count());
          }};
}

/// Of one moment, or of many.
template <class T>
Fields<T> figure_fields() {
  return {
      field("cpu", &T::cpu, "processors that are busy, without the programs that it runs; 0.5: half of one"),
      field("memory", &T::memory, "bytes that it has in memory"),
      field("received", &T::received, "bits a second, from providers"),
      field("sent", &T::sent, "bits a second, to viewers"),
      field("viewers", &T::viewers, "who watch"),
      field("sessions", &T::sessions, "channels that play")};
}

} // namespace

template <>
const Fields<Figures>& fields_of<Figures>() {
  static const auto kFields = figure_fields<Figures>();
  return kFields;
}

template <>
const Fields<FigureColumns>& fields_of<FigureColumns>() {
  static const auto kFields = figure_fields<FigureColumns>();
  return kFields;
}

template <>
const Fields<FigureHistory>& fields_of<FigureHistory>() {
  static const Fields<FigureHistory> kFields = {
      seconds("span_s", &FigureHistory::span, "how long it is kept"),
      seconds("step_s", &FigureHistory::step, "from one value to the next"),
      field("at", &FigureHistory::at, "when each step begins; only those since the daemon started"),
      field("mean", &FigureHistory::mean, "of each step; null: it was not measured then"),
      field("most", &FigureHistory::most, "of each step"),
      field("now", &FigureHistory::now, "of the last seconds; null: it is too early"),
  };
  return kFields;
}

void add_figures(Operations& operations, const FigureBook& book) {
  operations.push_back({net::Method::Get,
                        "/api/v1/figures",
                        "what the daemon needs and moves: now, and in the last hour, day or week",
                        {{"span",
                          "hour, if nothing is said; now: no steps, only what is now",
                          {{"type", "string"}, {"enum", FigureBook::spans()}}}},
                        {},
                        Codec<FigureHistory>::schema(),
                        [&book](const Call& call) {
                          const auto history = book.read(call.request.query_value("span").value_or("hour"));
                          if (!history) refuse_invalid("must be now, hour, day or week", "span");
                          return answer(write(*history));
                        }});
}

} // namespace relevo::admin
