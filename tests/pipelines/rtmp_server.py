#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Serves a media file, in real time and once, as rtmp://127.0.0.1:PORT/live/tv; prints the port.

ffmpeg is the server. It numbers its media as stream 0, whatever stream its client made, and clients that look at the
number (GStreamer's) throw it away: the relay before it puts the client's number there."""

import socket
import subprocess
import sys
import threading
import time

HANDSHAKE = 1 + 2 * 1536  # bytes that each side sends before its first chunk
CLIENT_STREAM = (1).to_bytes(4, "little")  # the first that a server hands out
HEADER_SIZES = (11, 7, 3, 0)  # of a message, by the kind of its chunk
SET_CHUNK_SIZE, AUDIO, VIDEO, DATA = 1, 8, 9, 18


def read(stream, size):
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def copy_chunks(source, target):
    """From the server to its client, with the numbers of streams mended."""
    chunk_size, messages = 128, {}  # by chunk stream: (type, size, what of it is to come, ends with a time)
    target.sendall(read(source, HANDSHAKE))
    while True:
        first = read(source, 1)
        kind, number = first[0] >> 6, first[0] & 63
        if number < 2:
            raise ValueError("ffmpeg does not use that many chunk streams")
        header = read(source, HEADER_SIZES[kind])
        message, size, rest, long_time = messages.get(number, (0, 0, 0, False))
        if kind < 2:
            size, message = int.from_bytes(header[3:6], "big"), header[6]
        if kind < 3:
            long_time = header[:3] == b"\xff\xff\xff"
        if kind == 0 and message in (AUDIO, VIDEO, DATA):
            header = header[:7] + CLIENT_STREAM
        rest = rest or size
        body = read(source, 4 if long_time else 0) + read(source, min(rest, chunk_size))
        if message == SET_CHUNK_SIZE:
            chunk_size = int.from_bytes(body, "big")
        messages[number] = (message, size, rest - min(rest, chunk_size), long_time)
        target.sendall(first + header + body)


def copy(source, target):
    while data := source.recv(4096):
        target.sendall(data)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def connect(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise TimeoutError("ffmpeg does not listen")


port = free_port()
command = ["ffmpeg", "-nostdin", "-v", "error", "-re", "-i", sys.argv[1], "-c", "copy", "-f", "flv", "-listen", "1",
           f"rtmp://127.0.0.1:{port}/live/tv"]
with socket.create_server(("127.0.0.1", 0)) as listener, subprocess.Popen(command) as ffmpeg:
    print(listener.getsockname()[1], flush=True)
    with listener.accept()[0] as client, connect(port) as server, server.makefile("rb") as stream:
        threading.Thread(target=copy, args=(client, server), daemon=True).start()
        try:
            copy_chunks(stream, client)
        except EOFError:
            pass
    ffmpeg.kill()
