# SPDX-License-Identifier: LGPL-2.1-or-later
"""A web server whose pages are a table."""

import contextlib
import http.server
import threading


class Pages:
    """Answers paths from a table: a status and a body, or where it redirects to; or a function that gives it and may take its
    time. Remembers what it was asked, and with which headers."""

    def __init__(self, address):
        self.pages, self.asked, self.headers = {}, [], {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(handler):  # noqa: N805
                self.asked.append(handler.path)
                self.headers[handler.path] = handler.headers
                page = self.pages.get(handler.path, (404, b""))
                page = page() if callable(page) else page
                redirected = page[0] in (301, 302)
                handler.send_response(page[0])
                if redirected:
                    handler.send_header("Location", page[1])
                body = b"" if redirected else page[1]
                handler.send_header("Content-Length", str(len(body)))
                handler.end_headers()
                with contextlib.suppress(ConnectionError):  # who does not want all of it hangs up
                    handler.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((address, 0), Handler)
        self.base = f"http://{address}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
