# SPDX-License-Identifier: LGPL-2.1-or-later
"""A typed client of panels (Xtream Codes): what it gets has the members and types that players of such panels test for."""

import base64
import datetime
import http.client
import json
import re
import urllib.parse
import zoneinfo

from relevod import DEADLINE_S

TIME = "%Y-%m-%d %H:%M:%S"


class Mistyped(AssertionError):
    pass


# Each checker says what it wants, or "" where the value is good.

def integer(value):
    return "" if type(value) is int else "an integer"  # True is none


def text(value):
    return "" if isinstance(value, str) else "text"


def digits(value):
    return "" if isinstance(value, str) and re.fullmatch(r"\d+", value) else "digits as text"


def flag(value):
    return "" if type(value) is int and value in (0, 1) else "0 or 1"


def loose_flag(value):
    return "" if value in ("0", "1") or not flag(value) else '0, 1, "0" or "1"'


def days(value):
    return "" if not integer(value) or not digits(value) else "a number of days"


def time_text(value):
    return "" if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", value) else "a time"


def packed_text(value):
    try:
        base64.b64decode(value, validate=True).decode()
        return ""
    except (TypeError, ValueError):
        return "Base64 of UTF-8"


def one_of(*values):
    return lambda value: "" if value in values and not isinstance(value, bool) else f"one of {values}"


def list_of(checker):
    return lambda value: "a list" if not isinstance(value, list) else next(filter(None, map(checker, value)), "")


def or_null(checker):
    return lambda value: "" if value is None else checker(value)


def anything(_value):
    return ""


def number(value):
    return "" if isinstance(value, float) or not integer(value) else "a number"


def boolean(value):
    return "" if isinstance(value, bool) else "true or false"


USER = {"username": text, "password": text, "message": or_null(text), "auth": one_of(1),
        "status": one_of("Active", "Expired", "Banned", "Disabled", "Trial"), "exp_date": or_null(digits), "is_trial": digits,
        "active_cons": digits, "created_at": digits, "max_connections": digits, "allowed_output_formats": list_of(text)}
SERVER = {"url": text, "port": digits, "https_port": digits, "server_protocol": one_of("http", "https"), "rtmp_port": digits,
          "timezone": text, "timestamp_now": integer, "time_now": time_text, "process": boolean}
CATEGORY = {"category_id": digits, "category_name": text, "parent_id": integer}
LIVE = {"num": integer, "name": text, "stream_type": one_of("live", "created_live", "radio_streams"), "stream_id": integer,
        "stream_icon": text, "epg_channel_id": or_null(text), "added": digits, "category_id": or_null(digits),
        "custom_sid": or_null(text), "tv_archive": flag, "direct_source": text, "tv_archive_duration": days}
LIVE_MORE = {"is_adult": loose_flag, "category_ids": list_of(integer), "thumbnail": text}  # of newer panels
STORY = {"rating": anything, "rating_5based": number, "category_id": or_null(digits)}
STORY_MORE = {"category_ids": list_of(integer), "plot": or_null(text), "cast": or_null(text), "director": or_null(text),
              "genre": or_null(text), "release_date": or_null(text), "youtube_trailer": or_null(text), "episode_run_time": anything}
TITLE = STORY | {"num": integer, "name": text, "stream_type": one_of("movie"), "stream_id": integer, "stream_icon": or_null(text),
                 "added": digits, "container_extension": text, "custom_sid": or_null(text), "direct_source": text}
TITLE_MORE = STORY_MORE | {"title": text, "year": anything}
SERIES = STORY | {"num": integer, "name": text, "series_id": integer, "cover": or_null(text), "last_modified": digits}
SERIES_MORE = STORY_MORE | {"releaseDate": or_null(text), "backdrop_path": anything}
PROGRAMME = {"id": digits, "epg_id": digits, "title": packed_text, "lang": text, "start": time_text, "end": time_text,
             "description": packed_text, "channel_id": text, "start_timestamp": digits, "stop_timestamp": digits, "has_archive": flag,
             "now_playing": flag, "stream_id": digits}
PROGRAMME_MORE = {"stop": time_text}
AVAILABLE = {"num": integer, "name": text, "stream_type": one_of("live"), "type_name": text, "stream_id": digits, "stream_icon": text,
             "epg_channel_id": or_null(text), "added": digits, "category_name": text, "category_id": digits, "series_no": anything,
             "live": one_of("1"), "container_extension": anything, "custom_sid": or_null(text), "tv_archive": flag,
             "direct_source": text, "tv_archive_duration": days}


def check(value, members, where, more=None):
    """`members` have to be there, those of `more` may be; there are no others."""
    if not isinstance(value, dict):
        raise Mistyped(f"{where} is no object: {value!r}")
    for name in members.keys() - value.keys():
        raise Mistyped(f"{where} has no {name}: {value!r}")
    known = members | (more or {})
    for name, one in value.items():
        if name not in known:
            raise Mistyped(f"{where}.{name} is unknown")
        if wanted := known[name](one):
            raise Mistyped(f"{where}.{name} is {one!r}, and should be {wanted}")
    return value


def check_list(value, members, where, more=None):
    if not isinstance(value, list):
        raise Mistyped(f"{where} is no list: {value!r}")
    for number, one in enumerate(value):
        check(one, members, f"{where}[{number}]", more)
    return value


class XtreamClient:
    def __init__(self, port, name, password, host="127.0.0.1"):
        self.port, self.host = port, host
        self.login = {"username": name, "password": password}
        self.zone = None  # that of the times in text
        self.headers = {"User-Agent": "IPTVPlayer/1"}

    def get(self, path, method="GET", body=None, headers=None):
        """Status, headers and body."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=DEADLINE_S)
        try:
            connection.request(method, path, body=body, headers=self.headers | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def ask(self, action="", script="player_api.php", how="GET", **parameters):
        """The JSON of an answer. `how`: "GET", "FORM" or "JSON"."""
        fields = self.login | ({"action": action} if action else {}) | {name: str(value) for name, value in parameters.items()}
        if how == "GET":
            status, headers, body = self.get(f"/{script}?{urllib.parse.urlencode(fields)}")
        else:
            kind, data = ("application/x-www-form-urlencoded", urllib.parse.urlencode(fields)) if how == "FORM" else \
                ("application/json", json.dumps(fields))
            status, headers, body = self.get(f"/{script}", "POST", data, {"Content-Type": kind})
        if status != 200 or not headers.get("Content-Type", "").startswith("application/json"):
            raise Mistyped(f"{action}: {status} {headers.get('Content-Type')} {body[:200]!r}")
        return json.loads(body)

    def account(self, **how):
        answer = check(self.ask(**how), {"user_info": lambda one: "", "server_info": lambda one: ""}, "answer")
        check(answer["user_info"], USER, "user_info")
        server = check(answer["server_info"], SERVER, "server_info", {"xui": anything, "version": anything, "revision": anything})
        self.zone = zoneinfo.ZoneInfo(server["timezone"])
        return answer

    def is_known(self):
        """Whether the panel knows the login."""
        user = self.ask()["user_info"]
        return user["auth"] == 1

    def categories(self, kind="live", **how):
        return check_list(self.ask(f"get_{kind}_categories", **how), CATEGORY, "categories")

    def live_streams(self, **parameters):
        rows = check_list(self.ask("get_live_streams", **parameters), LIVE, "streams", LIVE_MORE)
        ids = [row["stream_id"] for row in rows]
        if len(set(ids)) != len(ids):
            raise Mistyped("two streams have the same id")
        return rows

    def titles(self, **parameters):
        return check_list(self.ask("get_vod_streams", **parameters), TITLE, "titles", TITLE_MORE)

    def series(self, **parameters):
        return check_list(self.ask("get_series", **parameters), SERIES, "series", SERIES_MORE)

    def guide(self, action, stream_id, **parameters):
        """As (start, stop, title, description) of UTC seconds and text."""
        answer = check(self.ask(action, stream_id=stream_id, **parameters), {"epg_listings": anything}, "answer")
        rows = check_list(answer["epg_listings"], PROGRAMME, "epg_listings", PROGRAMME_MORE)
        for row in rows:
            for moment, stamp in (("start", "start_timestamp"), ("end", "stop_timestamp")):
                local = datetime.datetime.fromtimestamp(int(row[stamp]), self.zone).strftime(TIME)
                if local != row[moment]:
                    raise Mistyped(f"{moment} is {row[moment]}, and {local} by its stamp")
        return [(int(row["start_timestamp"]), int(row["stop_timestamp"]), base64.b64decode(row["title"]).decode(),
                 base64.b64decode(row["description"]).decode()) for row in rows]

    def everything(self):
        """Of panel_api.php: categories and channels."""
        answer = self.ask(script="panel_api.php")
        check(answer, dict.fromkeys(("user_info", "server_info", "categories", "available_channels"), anything), "answer")
        check(answer["user_info"], USER, "user_info")
        categories = check(answer["categories"], dict.fromkeys(("movie", "live", "series"), list_of(anything)), "categories")
        check_list(categories["live"], CATEGORY, "categories.live")
        for key, one in answer["available_channels"].items():
            check(one, AVAILABLE, f"available_channels[{key}]")
            if one["stream_id"] != key:
                raise Mistyped(f"{key} is the key of {one['stream_id']}")
        return categories["live"], answer["available_channels"]

    def live_path(self, stream_id, end=".ts", folder="/live"):
        name, password = (urllib.parse.quote(self.login[part], safe="") for part in ("username", "password"))
        return f"{folder}/{name}/{password}/{stream_id}{end}"
