// SPDX-License-Identifier: LGPL-2.1-or-later
// Alerts as sentences.
import type { Alert, AlertKind } from '../api/schema';
import { defineMessages } from '../i18n';
import type { Details } from './evidence';
import { objectionOf, setbackOf } from './refreshes';
import { useWords, type Words } from './useWords';

const messages = defineMessages<AlertKind>(
  {
    losses: '{name}: {why}',
    failed: '{name}: {why}',
    'no-source': '{name}: no source has worked for more than a minute',
    'login-expires': '{name}: the login {login} expires on {day}',
    'login-expired': '{name}: the login {login} has expired on {day}',
  },
  {
    losses: '{name}: {why}',
    failed: '{name}: {why}',
    'no-source': '{name}: ninguna fuente ha funcionado desde hace más de un minuto',
    'login-expires': '{name}: el acceso {login} caduca el {day}',
    'login-expired': '{name}: el acceso {login} caducó el {day}',
  },
);

const kWhy: Record<AlertKind, (details: Details, words: Words) => string | undefined> = {
  losses: objectionOf,
  failed: setbackOf,
  'no-source': () => '',
  'login-expires': () => '',
  'login-expired': () => '',
};

/** Undefined: too little is known of it here. */
export function alertText(kind: string | undefined, details: Details, words: Words) {
  const why = kWhy[kind as AlertKind]?.(details, words);
  const { name, login = '', expires = 0 } = details;
  if (why === undefined || name === undefined) return undefined;
  return words.find(messages, kind, { name, login, why, day: words.format.date(expires * 1000) });
}

export function useAlertText() {
  const words = useWords();
  return ({ kind, details, message }: Pick<Alert, 'kind' | 'details' | 'message'>) =>
    alertText(kind, details as Details, words) ?? message;
}
