# SPDX-License-Identifier: LGPL-2.1-or-later
"""A box that asks a Stalker portal, and is strict about what it gets: each field has the type that boxes expect."""

import contextlib
import http.client
import json
import re
import urllib.parse

from relevod import DEADLINE_S

AGENT = ("Mozilla/5.0 (QtEmbedded; U; Linux; C) AppleWebKit/533.3 (KHTML, like Gecko) MAG200 stbapp ver: 2 rev: 250 "
         "Safari/533.3")
NUMBER = r"-?\d+"
TIME = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
CHANNEL = {"id": r"\d+", "number": r"\d+", "name": r"(?s).+", "cmd": r"ffmpeg http://localhost/ch/\d+_", "tv_genre_id": r"\d*",
           "logo": r"(https?://.*)?", "xmltv_id": ".*", "use_http_tmp_link": "1", "use_load_balancing": "0", "status": "1",
           "censored": "0", "cmds": list, "open": int, "lock": int, "fav": int, "hd": int, "archive": int,
           "enable_tv_archive": int, "tv_archive_duration": int, "allow_pvr": int, "correct_time": int, "volume_correction": int}
GENRE = {"id": r"\*|\d+", "title": "(?s).+", "alias": "(?s).+", "censored": int, "number": r"\d+", "modified": str}
EVENT = {"id": r"\d+_\d+", "real_id": r"\d+_\d+", "ch_id": r"\d+", "name": "(?s).+", "descr": str, "category": str, "director": str,
         "actor": str, "start_timestamp": NUMBER, "stop_timestamp": NUMBER, "time": TIME, "time_to": TIME, "t_time": r"\d\d:\d\d",
         "t_time_to": r"\d\d:\d\d", "duration": r"\d+", "mark_archive": int, "mark_memo": int, "mark_rec": int}
PAGE = {"total_items": int, "max_page_items": int, "selected_item": int, "cur_page": int, "data": list}
LINK = {"id": r"\d+", "cmd": str, "streamer_id": int, "link_id": int, "load": int, "error": str}
PROFILE = {"id": r"\d+", "name": str, "status": int, "msg": str, "block_msg": str, "blocked": "0", "parent_password": str,
           "watchdog_timeout": int, "timeslot": int, "timeslot_ratio": int, "playback_limit": int,
           "store_auth_data_on_stb": bool, "force_ch_link_check": str, "allowed_stb_types": list, "locale": str,
           "tariff_plan": str, "expire_billing_date": str}
ACCOUNT = {"fname": str, "mac": "([0-9A-F]{2}:){5}[0-9A-F]{2}", "phone": str, "end_date": str, "ls": str, "account_balance": str,
           "tariff_plan": str}
EVENTS = {"msgs": int, "id": int, "event": str, "need_confirm": int, "additional_services_on": "1"}


class Refused(Exception):
    """The portal answered with something that is no JSON."""


def check(value, form):
    """`form`: a type, a pattern of text, or the members that an object has."""
    if isinstance(form, dict):
        assert isinstance(value, dict) and value.keys() == form.keys(), (value, form)
        for name, inner in form.items():
            check(value[name], inner)
    elif isinstance(form, str):
        assert isinstance(value, str) and re.fullmatch(form, value), (value, form)
    else:
        assert type(value) is form, (value, form)  # True is no number here
    return value


class Box:
    """`path`: of the portal's questions. `form`: it asks with forms. `headers`: more of them, in each request."""

    def __init__(self, port, mac, path="/stalker_portal/server/load.php", quoted=True, js_http=True, form=False, **headers):
        self.port = port
        self.mac = mac
        self.path = path
        self.js_http = js_http
        self.form = form
        shown = urllib.parse.quote(mac, safe="") if quoted else mac
        self.headers = {"User-Agent": AGENT, "Cookie": f"mac={shown}; stb_lang=en; timezone=Europe/London"} | headers
        self.token = ""

    def fetch(self, path, form=None, **headers):
        """Status, type and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE_S)
        with contextlib.closing(connection):
            if form is not None:
                headers = headers | {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
            connection.request("GET" if form is None else "POST", path, form, self.headers | headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type", ""), answer.read().decode()

    def ask(self, kind, action, **parameters):
        """`js` of the answer."""
        query = {"type": kind, "action": action} | parameters | ({"JsHttpRequest": "1-xml"} if self.js_http else {})
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        text = urllib.parse.urlencode(query)
        if self.form:
            status, _, text = self.fetch(self.path + "?JsHttpRequest=1-xml", text, **headers)
        else:
            status, _, text = self.fetch(f"{self.path}?{text}", **headers)
        assert status == 200, (status, text)
        try:
            return json.loads(text)["js"]
        except ValueError:
            raise Refused(text) from None

    def shake_hands(self):
        """Whether the portal knows the box."""
        answer = self.ask("stb", "handshake", token=self.token, prehash=0)
        if answer["token"] is None:
            return False
        check(answer, {"token": "[0-9A-F]{32}", "random": "[0-9a-f]{40}", "not_valid": int})
        self.token = answer["token"]
        return True

    def profile(self):
        return check(self.ask("stb", "get_profile", hd=1, num_banks=2, stb_type="MAG250", sn="0000000000000"), PROFILE)

    def block_message(self):
        answer = self.ask("stb", "get_profile", hd=1)
        check(answer, {"status": int, "msg": str, "block_msg": "(?s).+", "blocked": "1"})
        assert answer["status"] == 1
        return answer["block_msg"]

    def begin(self):
        assert self.shake_hands()
        assert self.profile()["status"] == 0
        return self

    def account(self):
        return check(self.ask("account_info", "get_main_info"), ACCOUNT)

    def genres(self):
        return [check(genre, GENRE) for genre in self.ask("itv", "get_genres")]

    def page(self, kind="itv", row=None, action="get_ordered_list", **parameters):
        page = check(self.ask(kind, action, **parameters), PAGE)
        for one in page["data"]:
            check(one, row or CHANNEL)
        return page

    def all_pages(self, **parameters):
        """All channels, a page at a time."""
        channels, total = [], 1
        while len(channels) < total:
            page = self.page(p=len(channels) // 14 + 1, **parameters)
            total = page["total_items"]
            assert page["max_page_items"] == 14 and len(page["data"]) == min(14, total - len(channels)), page
            channels += page["data"]
        return channels

    def all_channels(self):
        return self.page(action="get_all_channels", force_ch_link_check="")["data"]

    def link(self, cmd):
        """The address; "" and why where there is none."""
        answer = check(self.ask("itv", "create_link", cmd=cmd, series=0, forced_storage="", disable_ad=0, download=0,
                                force_ch_link_check=0), LINK)
        return answer["cmd"].split(" ")[-1], answer["error"]

    def short_epg(self, channel, **parameters):
        return [check(event, EVENT) for event in self.ask("itv", "get_short_epg", ch_id=channel, **parameters)]

    def epg(self, period):
        data = self.ask("itv", "get_epg_info", period=period)["data"]
        return {channel: [check(event, EVENT) for event in events] for channel, events in data.items()}

    def watch_dog(self, init=0):
        return check(self.ask("watchdog", "get_events", init=init, cur_play_type=1, event_active_id=0), {"data": EVENTS})

    def find_path(self, base):
        """Of the questions, as the script at the address of the portal tells it: read as text, not run."""
        status, _, script = self.fetch(base + "xpcom.common.js")
        assert status == 200, script
        script = re.sub("[ '+]", "", script)
        pattern = re.search(r"varpattern=/(.*)/;", script)[1]
        places = {name: int(re.search(rf"this\.portal_{name}=.*(\d).*;", script)[1]) for name in ("protocol", "ip", "path")}
        found = re.search(pattern, f"http://127.0.0.1:{self.port}{base}xpcom.common.js")
        address = re.search(r"this\.ajax_loader=(.*\.php);", script)[1]
        for name, place in places.items():
            address = address.replace(f"this.portal_{name}", found[place])
        return urllib.parse.urlsplit(address).path
