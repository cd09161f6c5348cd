// SPDX-License-Identifier: LGPL-2.1-or-later
// The table of questions, and what can be answered in a line.
#include "calls.hpp"

#include "stalker/request.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace relevo::portal {
namespace {

using Json = nlohmann::json;

/// Boxes ask for events so often, and are taken for gone when they do not.
constexpr int kWatchdogSeconds = 120;

std::string write(const Json& js) {
  return stalker::write_answer(js.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string give_nothing(const Call&) {
  return stalker::write_answer("[]");
}

std::string agree(const Call&) {
  return stalker::write_answer("true");
}

std::string list_nothing(const Call&) {
  return stalker::ListWriter(0, kPageItems, {}).finish();
}

std::string refuse_link(const Call&) {
  return stalker::write_link(0, {}, "nothing_to_play");
}

std::string show_profile(const Call& call) {
  return write({{"id", std::to_string(call.user.id.value)},
                {"name", call.user.name},
                {"status", 0},
                {"msg", ""},
                {"block_msg", ""},
                {"blocked", "0"},
                {"parent_password", "0000"},
                {"watchdog_timeout", kWatchdogSeconds},
                {"timeslot", kWatchdogSeconds},
                {"timeslot_ratio", 0},
                {"playback_limit", call.user.streams},
                {"store_auth_data_on_stb", false},
                {"force_ch_link_check", ""},
                {"allowed_stb_types", Json::array()},
                {"locale", "en_GB.utf8"},
                {"tariff_plan", ""},
                {"expire_billing_date", ""}});
}

/// Players look for the day on which it ends in one or the other.
std::string show_account(const Call& call) {
  return write({{"fname", call.user.name},
                {"mac", stalker::read_identity(call.request.header("Cookie"), {}).mac},
                {"phone", "Unlimited"},
                {"end_date", "Unlimited"},
                {"ls", ""},
                {"account_balance", ""},
                {"tariff_plan", ""}});
}

std::string show_modules(const Call&) {
  return write({{"all_modules", {"tv", "vclub"}},
                {"switchable_modules", Json::array()},
                {"disabled_modules", {"vclub"}},
                {"restricted_modules", Json::array()}});
}

/// Nobody sends messages to boxes.
std::string tell_events(const Call&) {
  return write(
      {{"data",
        {{"msgs", 0}, {"id", 0}, {"event", ""}, {"need_confirm", 0}, {"additional_services_on", "1"}}}});
}

struct Entry {
  std::string_view type;
  std::string_view action;
  std::string (*answer)(const Call&);
};

constexpr std::array kEntries = {
    Entry{"stb", "get_profile", show_profile},
    Entry{"stb", "do_auth", agree}, // it has shown its MAC, and that is all that counts
    Entry{"stb", "get_modules", show_modules},
    Entry{"stb", "log", agree},
    Entry{"itv", "get_genres", list_genres},
    Entry{"itv", "get_all_channels", list_all_channels},
    Entry{"itv", "get_ordered_list", list_channels},
    Entry{"itv", "get_all_fav_channels", list_nothing},
    Entry{"itv", "create_link", make_link},
    Entry{"itv", "get_short_epg", list_next_events},
    Entry{"itv", "get_epg_info", list_all_events},
    Entry{"epg", "get_simple_data_table", list_day},
    Entry{"epg", "get_week", list_week},
    Entry{"account_info", "get_main_info", show_account},
    Entry{"watchdog", "get_events", tell_events},
    Entry{"watchdog", "confirm_event", agree},
};

/// Of libraries of films and the like, which are empty; and what boxes want to be kept, which is not.
std::string answer_unknown(std::string_view action, const Call& call) {
  if (action.starts_with("set_") || action.starts_with("del_")) return agree(call);
  if (action == "get_ordered_list") return list_nothing(call);
  if (action == "create_link") return refuse_link(call);
  return give_nothing(call);
}

} // namespace

std::string answer(std::string_view type, std::string_view action, const Call& call) {
  const auto found = std::ranges::find_if(
      kEntries, [&](const Entry& entry) { return entry.type == type && entry.action == action; });
  return found == kEntries.end() ? answer_unknown(action, call) : found->answer(call);
}

} // namespace relevo::portal
