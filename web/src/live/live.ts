// SPDX-License-Identifier: LGPL-2.1-or-later
// What happens in the daemon, as it tells by WebSocket. The connection is made again for as long as the page is open.

/** Members depend on the kind: see /api/v1/events in docs/architecture.md. */
export interface LiveEvent {
  event: string;
  summary?: string;
  at_ms?: number;
  channel?: number;
  session?: number;
  [member: string]: unknown;
}

export type LiveState = 'connecting' | 'open' | 'lost';
type Listener = (event: LiveEvent) => void;

const kFirstWaitMs = 500;
const kLongestWaitMs = 10_000;

export class Live {
  private socket: WebSocket | undefined;
  private timer: number | undefined;
  private waitMs = kFirstWaitMs;
  private current: LiveState = 'connecting';
  private readonly listeners = new Set<Listener>();
  private readonly watchers = new Set<() => void>();

  /** `onReopened`: something may have happened that nobody told. */
  constructor(private readonly onReopened: () => void) {}

  get state() {
    return this.current;
  }

  start() {
    const address = new URL('/api/v1/events', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.onopen = () => {
      if (this.current === 'lost') this.onReopened();
      this.waitMs = kFirstWaitMs;
      this.become('open');
    };
    socket.onmessage = ({ data }) => {
      const event = JSON.parse(data) as LiveEvent;
      for (const listener of [...this.listeners]) listener(event);
    };
    socket.onclose = () => {
      this.become('lost');
      this.timer = window.setTimeout(() => this.start(), this.waitMs);
      this.waitMs = Math.min(2 * this.waitMs, kLongestWaitMs);
    };
  }

  stop() {
    clearTimeout(this.timer);
    if (this.socket) {
      this.socket.onclose = null;
      this.socket.close();
    }
  }

  /** Gives what ends it. */
  listen(listener: Listener) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  watchState = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private become(state: LiveState) {
    if (this.current === state) return;
    this.current = state;
    for (const watcher of [...this.watchers]) watcher();
  }
}
