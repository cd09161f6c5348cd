// SPDX-License-Identifier: LGPL-2.1-or-later
// Events as sentences: what happened, and why.
import type { EventKind, History } from '../api/schema';
import { defineMessages } from '../i18n';
import { playerOf, withShortAgents } from '../sessions/agents';
import { alertText } from './alerts';
import type { Evidence, Obstacle } from './evidence';
import { accessReasons, causes, failures, leavings, levels, measuredFailures, reasons } from './reasons';
import { refreshText } from './refreshes';
import { useWords, type Words } from './useWords';

const messages = defineMessages<EventKind>(
  {
    'session-opened': 'opened: somebody wants to watch',
    'session-closed': 'closed ({why}), {size} sent',
    'candidate-tried': 'trying {candidate}{why}',
    'candidate-failed': '{candidate}: {why}',
    'slot-refused': '{why}',
    'connection-awaited': 'waits up to {limit} for a connection: {why}',
    switched: 'switched to {candidate} from {from}{why}',
    'all-failed': 'no source works; all are tried again in {wait}',
    'slate-shown': 'the slate is shown until a source works',
    'slate-hidden': 'the slate has gone: a source works',
    'viewer-joined': '{address} watches',
    'viewer-refused': '{address} was refused: {why}',
    'viewer-redirected': '{address} was sent to {candidate}',
    'viewer-left': '{address} left ({why}) after {size}',
    refreshed: '{why}',
    'alert-raised': 'alert: {why}',
    'alert-closed': 'over: {why}',
    refused: '{address} was refused "{path}" ({why})',
    'login-failed': 'somebody could not log in from {address} ({why})',
    login: '"{user}" logged in',
    logout: '"{user}" logged out',
    'logged-out-everywhere': '"{user}" was logged out everywhere',
    'user-added': 'the user "{user}" was added',
    'user-changed': 'the user "{user}" was changed',
    'user-removed': 'the user "{user}" was removed',
    'password-changed': 'the user "{user}" has another password',
    'token-renewed': 'the user "{user}" has another stream token',
    'key-added': 'the API key "{key}" was added',
    'key-removed': 'the API key "{key}" was removed',
    'device-added': 'the box "{device}" was added',
    'device-changed': 'the box "{device}" was changed',
    'device-removed': 'the box "{device}" was removed',
    'daemon-started': 'Relevo {version} started',
    'daemon-ended': 'Relevo ended as it was asked to',
  },
  {
    'session-opened': 'abierto: alguien quiere verlo',
    'session-closed': 'cerrado ({why}), {size} enviados',
    'candidate-tried': 'se prueba {candidate}{why}',
    'candidate-failed': '{candidate}: {why}',
    'slot-refused': '{why}',
    'connection-awaited': 'espera una conexión hasta {limit}: {why}',
    switched: 'se cambió a {candidate} desde {from}{why}',
    'all-failed': 'ninguna fuente funciona; se prueban todas de nuevo en {wait}',
    'slate-shown': 'se muestra la carta de espera hasta que funcione una fuente',
    'slate-hidden': 'la carta de espera se fue: una fuente funciona',
    'viewer-joined': '{address} lo ve',
    'viewer-refused': 'se rechazó a {address}: {why}',
    'viewer-redirected': 'se envió a {address} a {candidate}',
    'viewer-left': '{address} se fue ({why}) tras {size}',
    refreshed: '{why}',
    'alert-raised': 'aviso: {why}',
    'alert-closed': 'pasado: {why}',
    refused: 'se negó "{path}" a {address} ({why})',
    'login-failed': 'alguien no pudo entrar desde {address} ({why})',
    login: '"{user}" entró',
    logout: '"{user}" salió',
    'logged-out-everywhere': 'se cerraron todas las sesiones de "{user}"',
    'user-added': 'se añadió el usuario "{user}"',
    'user-changed': 'se cambió el usuario "{user}"',
    'user-removed': 'se quitó el usuario "{user}"',
    'password-changed': 'el usuario "{user}" tiene otra contraseña',
    'token-renewed': 'el usuario "{user}" tiene otro token',
    'key-added': 'se añadió la clave de API "{key}"',
    'key-removed': 'se quitó la clave de API "{key}"',
    'device-added': 'se añadió el decodificador "{device}"',
    'device-changed': 'se cambió el decodificador "{device}"',
    'device-removed': 'se quitó el decodificador "{device}"',
    'daemon-started': 'Relevo {version} arrancó',
    'daemon-ended': 'Relevo terminó como se le pidió',
  },
);

/** What a sentence may go on with. */
const parts = defineMessages(
  {
    first: 'playing {candidate}{why}',
    gap: ', gap {time}',
    noGap: ', no gap',
    noConnection: 'no free connection',
    told: '{why} ({text})',
    player: ' with {player}',
    skipped: ', skipped {n} time|, skipped {n} times',
    more: ', and {n} more was|, and {n} more were',
    as: ' as "{user}"',
    by: ' by "{by}"',
    at: ' from {address}',
  },
  {
    first: 'en antena: {candidate}{why}',
    gap: ', hueco de {time}',
    noGap: ', sin hueco',
    noConnection: 'ninguna conexión libre',
    told: '{why} ({text})',
    player: ' con {player}',
    skipped: ', saltó {n} vez|, saltó {n} veces',
    more: ', y {n} más|, y {n} más',
    as: ' como "{user}"',
    by: ' por "{by}"',
    at: ' desde {address}',
  },
);

/** What is full, and who holds it. */
export function obstacleText({ candidate, level, taken = 0, limit = 0, holders = [] }: Obstacle, words: Words) {
  const full = words.find(levels, level, { taken, limit }) ?? words.say(parts, 'noConnection');
  return [candidate, full, holders.join(', ')].filter(Boolean).join(': ');
}

function failureText({ failure, status, text, measured_ms, limit_ms }: Evidence, words: Words) {
  const values = { status: String(status), measured: words.time(measured_ms), limit: words.time(limit_ms) };
  const isMeasured = status !== undefined || measured_ms !== undefined || limit_ms !== undefined;
  const why = (isMeasured && words.find(measuredFailures, failure, values)) || words.find(failures, failure);
  // What has no word is told in the words of who opened the source.
  return why && failure === 'other' && text ? words.say(parts, 'told', { why, text }) : why;
}

/** Of a candidate, which tells it as a word and whatever else was said. */
export function failureOf(told: string, words: Words) {
  return words.find(failures, told.split(':')[0]) ?? told;
}

type Tell = (told: Evidence, words: Words, kind: EventKind) => string | undefined;

/** With what its sentence says; undefined where that is not known, and the daemon's own is better. */
function tell(kind: EventKind, told: Evidence, words: Words, own: Record<string, string | undefined> = {}) {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...told, ...own })) {
    if (value === undefined) return undefined;
    if (typeof value === 'string') values[name] = value;
  }
  const sentence = words.say(messages, kind, values);
  return /\{\w+\}/.test(sentence) ? undefined : sentence;
}

const plainly: Tell = (told, words, kind) => tell(kind, told, words);

/** Somebody did something with a user, a key or a box. */
const deed: Tell = (told, words, kind) => {
  const { by, address } = told;
  const sentence = tell(kind, told, words);
  return sentence && [sentence, by && words.say(parts, 'by', { by }), address && words.say(parts, 'at', { address })].filter(Boolean).join('');
};

const kTell: Record<EventKind, Tell> = {
  'session-opened': plainly,
  'session-closed': (told, words, kind) =>
    tell(kind, told, words, { why: words.find(causes, told.cause), size: words.size(told.bytes) }),
  'candidate-tried': (told, words, kind) => tell(kind, told, words, { why: words.find(reasons, told.reason) }),
  'candidate-failed': (told, words, kind) => tell(kind, told, words, { why: failureText(told, words) }),
  'slot-refused': (told, words, kind) => tell(kind, told, words, { why: told.obstacle && obstacleText(told.obstacle, words) }),
  'connection-awaited': (told, words, kind) =>
    tell(kind, told, words, { limit: words.time(told.limit_ms), why: told.obstacle && obstacleText(told.obstacle, words) }),
  switched: (told, words, kind) => {
    const { candidate = '', from, reason, gap_ms } = told;
    const why = words.find(reasons, reason);
    if (why === undefined) return undefined;
    if (!from) return words.say(parts, 'first', { candidate, why });
    const gap = gap_ms ? words.say(parts, 'gap', { time: words.time(gap_ms) }) : words.say(parts, 'noGap');
    return tell(kind, told, words, { why: why + gap });
  },
  'all-failed': (told, words, kind) => tell(kind, told, words, { wait: words.time(told.wait_ms) }),
  'slate-shown': plainly,
  'slate-hidden': plainly,
  'viewer-joined': (told, words, kind) => {
    const joined = tell(kind, told, words);
    return joined && joined + (told.agent ? words.say(parts, 'player', { player: playerOf(told.agent) }) : '');
  },
  'viewer-refused': (told, words, kind) => tell(kind, told, words, { why: words.find(causes, told.cause) }),
  'viewer-redirected': plainly,
  'viewer-left': (told, words, kind) => {
    const left = tell(kind, told, words, { why: words.find(leavings, told.reason), size: words.size(told.bytes) });
    return left && left + (told.skips ? words.say(parts, 'skipped', { n: told.skips }) : '');
  },
  refreshed: (told, words, kind) => tell(kind, told, words, { why: refreshText(told, words) }),
  'alert-raised': (told, words, kind) => tell(kind, told, words, { why: alertText(told.kind, told.details ?? {}, words) }),
  'alert-closed': (told, words, kind) => tell(kind, told, words, { why: alertText(told.kind, told.details ?? {}, words) }),
  refused: (told, words, kind) => {
    const address = (told.address ?? '') + (told.user ? words.say(parts, 'as', { user: told.user }) : '');
    const refused = tell(kind, told, words, { address, why: words.find(accessReasons, told.reason) });
    return refused && refused + (told.untold ? words.say(parts, 'more', { n: told.untold }) : '');
  },
  'login-failed': (told, words, kind) => {
    const failed = tell(kind, told, words, { why: words.find(accessReasons, told.reason) });
    return failed && failed + (told.user ? words.say(parts, 'as', { user: told.user }) : '');
  },
  login: deed,
  logout: deed,
  'logged-out-everywhere': deed,
  'user-added': deed,
  'user-changed': deed,
  'user-removed': deed,
  'password-changed': deed,
  'token-renewed': deed,
  'key-added': deed,
  'key-removed': deed,
  'device-added': deed,
  'device-changed': deed,
  'device-removed': deed,
  'daemon-started': plainly,
  'daemon-ended': plainly,
};

const isKnown = (kind: string): kind is EventKind => Object.hasOwn(kTell, kind);

export function eventText({ kind, evidence, summary }: Pick<History, 'kind' | 'evidence' | 'summary'>, words: Words) {
  return (isKnown(kind) ? kTell[kind](evidence as Evidence, words, kind) : undefined) ?? withShortAgents(summary);
}

export function useEventText() {
  const words = useWords();
  return (event: Parameters<typeof eventText>[0]) => eventText(event, words);
}
