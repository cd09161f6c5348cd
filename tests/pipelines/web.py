# SPDX-License-Identifier: LGPL-2.1-or-later
"""A web server for tests."""

import functools
import http.server
import threading


class Web(http.server.ThreadingHTTPServer):
    """Gives out a folder, and remembers what it was asked for and with what."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self):
            self.server.requests.append((self.path, dict(self.headers.items())))
            super().do_GET()

        def log_message(self, *_):
            pass

    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), functools.partial(self.Handler, directory=str(folder)))
        self.requests = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server_port}/{path}"
