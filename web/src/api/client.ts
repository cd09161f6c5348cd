// SPDX-License-Identifier: LGPL-2.1-or-later
// Asks the API, with the types that it describes itself with.
import type { Operations } from './schema';

export type Operation = keyof Operations;
export type Reading = Extract<Operation, `GET ${string}`>;
export type Changing = Exclude<Operation, Reading>;
export type Gives<O extends Operation> = Operations[O]['gives'];
export type Takes<O extends Operation> = Operations[O]['takes'];

type ParametersOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : never;
type PathOf<O extends string> = { [name in ParametersOf<O>]: string | number };

/** What an operation wants to know: what stands in its path, its query, its body. */
export type Asked<O extends Operation> = (ParametersOf<O> extends never ? { path?: undefined } : { path: PathOf<O> }) &
  (Takes<O> extends undefined ? { body?: undefined } : { body?: Takes<O> }) & { query?: Operations[O]['query'] };
/** Nothing need be said where nothing stands in the path. */
export type Arguments<O extends Operation> = ParametersOf<O> extends never ? [asked?: Asked<O>] : [asked: Asked<O>];

/** What the daemon refuses, in its words. `where` points into what was sent, `flaw` says in one word what is wrong there. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly where?: string,
    readonly flaw?: string,
    readonly figures: Record<string, string | number> = {},
  ) {
    super(message);
  }
}

const kUnavailable = 503;

/** What the daemon refuses it refuses again; but one that is being restarted comes back, and one that has too much to do
 *  has less later. */
export function passes(error: Error) {
  return !(error instanceof ApiError) || error.status === kUnavailable;
}

/** What has to be shown in place of what was asked for. What is there already stays while something passes. */
export function problemOf({ data, error }: { data?: unknown; error: Error | null }) {
  return error && data !== undefined && passes(error) ? null : error;
}

/** Of the session; goes with all that changes something. */
let csrf: string | null = null;
export function setCsrf(token: string | null) {
  csrf = token;
}

let outlives = false;
/** What is asked from now on goes on when the page is gone; browsers then take no more than 64 kB. */
export function outlivePage(on: boolean) {
  outlives = on;
}

function addressOf(path: string, asked: { path?: object; query?: object }) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((asked.path as Record<string, unknown>)[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked.query ?? {}))
    if (value !== undefined && value !== '') query.set(name, String(value));
  return query.size ? `${filled}?${query}` : filled;
}

async function errorOf(answer: Response): Promise<ApiError> {
  try {
    const { error } = await answer.json();
    const wait = answer.headers.get('Retry-After');
    const figures = wait ? { wait, ...error.figures } : error.figures;
    return new ApiError(answer.status, error.code, error.message, error.where, error.flaw, figures);
  } catch {
    return new ApiError(answer.status, 'failed', `HTTP ${answer.status}`);
  }
}

/** Throws ApiError, or TypeError where the daemon cannot be reached. */
export async function request(method: string, address: string, body?: BodyInit, type?: string, signal?: AbortSignal) {
  const headers: Record<string, string> = {};
  if (type) headers['Content-Type'] = type;
  if (csrf && method !== 'GET') headers['X-CSRF-Token'] = csrf;
  const answer = await fetch(address, { method, headers, body, signal, keepalive: outlives });
  if (!answer.ok) throw await errorOf(answer);
  return answer;
}

export async function ask<O extends Operation>(operation: O, asked?: Asked<O>, signal?: AbortSignal): Promise<Gives<O>> {
  const [method, path] = operation.split(' ') as [string, string];
  const body = asked?.body === undefined ? undefined : JSON.stringify(asked.body);
  const answer = await request(method, addressOf(path, asked ?? {}), body, body && 'application/json', signal);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as Gives<O>;
}
