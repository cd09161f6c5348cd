// SPDX-License-Identifier: LGPL-2.1-or-later
#include "provider/fault.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace relevo::provider;

TEST_CASE("parse_fault reads name, value and times") {
  const auto fault = parse_fault("jump:-30.5@5-7.5");
  REQUIRE(fault);
  CHECK(fault->kind == FaultKind::Jump);
  CHECK(fault->number == -30.5);
  CHECK(fault->from.count() == 5);
  CHECK(fault->to.count() == 7.5);

  const auto plain = parse_fault("stall");
  REQUIRE(plain);
  CHECK(plain->from.count() == 0);
  CHECK(plain->to.count() > 1e9);

  const auto text = parse_fault("clip:h264_720p50@3");
  REQUIRE(text);
  CHECK(text->text == "h264_720p50");
}

TEST_CASE("parse_fault refuses what it does not understand") {
  for (const auto* text :
       {"", "nonsense", "stall:1", "status", "status:", "status:abc", "status:1e99", "jump:nan", "clip",
        "clip:", "empty:nothing", "types", "stall@", "stall@x", "stall@1-", "stall@5-4", "stall@1-2-3"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_fault(text));
  }
}

TEST_CASE("every fault has a name of its own and a meaning") {
  std::set<std::string_view> names;
  for (const FaultInfo& info : fault_table()) {
    CHECK(names.insert(info.name).second);
    CHECK_FALSE(info.meaning.empty());
  }
}

TEST_CASE("a plan knows what is in force") {
  FaultPlan plan;
  for (const auto* text : {"status:404@10-20", "status:503@15", "html"})
    plan.add(parse_fault(text).value());
  struct Row {
    double at;
    double status; // 0: none
  };
  for (const Row& row : {Row{0, 0}, {9.99, 0}, {10, 404}, {14.99, 404}, {15, 503}, {20, 503}, {1000, 503}}) {
    CAPTURE(row.at);
    const Fault* fault = plan.active(FaultKind::Status, Seconds{row.at});
    CHECK((fault ? fault->number : 0) == row.status);
  }
  CHECK(plan.has(FaultKind::Html));
  CHECK_FALSE(plan.has(FaultKind::Stall));
}
