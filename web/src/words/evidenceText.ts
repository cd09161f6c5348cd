// SPDX-License-Identifier: LGPL-2.1-or-later
// The members of an event's evidence, each as a text.
import type { Details, Evidence, Obstacle } from './evidence';
import { obstacleText } from './events';
import { countsOf, objectionOf, outcomeText, setbackOf } from './refreshes';
import { accessReasons, causes, failures, leavings, reasons } from './reasons';
import type { Words } from './useWords';

function reasonText(kind: string, reason: string, words: Words) {
  if (kind === 'viewer-left') return words.find(leavings, reason);
  if (kind === 'refused' || kind === 'login-failed') return words.find(accessReasons, reason);
  return words.find(reasons, reason)?.replace(/^[:,] /, ''); // which ends a sentence elsewhere
}

/** Undefined: there is no word for it here; "": nothing that is not said anyway. */
function wordOf(kind: string, name: string, value: unknown, told: Evidence, words: Words): string | undefined {
  switch (name) {
    case 'reason':
      return reasonText(kind, String(value), words);
    case 'failure':
      return words.find(failures, String(value));
    case 'cause':
      return kind === 'refreshed' ? setbackOf(told, words) : words.find(causes, String(value));
    case 'outcome':
      return outcomeText(String(value), words);
    case 'obstacle':
      return obstacleText(value as Obstacle, words);
    case 'report':
    case 'details':
      return [objectionOf(value as Details, words), ...countsOf(value as Details, words)].filter(Boolean).join(', ');
    case 'kind':
      return kind.startsWith('alert-') ? '' : undefined;
    case 'message':
      return told.cause || told.outcome === 'objected' ? '' : undefined;
    case 'bytes':
      return words.size(Number(value));
    default:
      return name.endsWith('_ms') ? words.time(Number(value)) : undefined;
  }
}

export function evidenceText(kind: string, name: string, told: Evidence, words: Words) {
  const value = (told as Record<string, unknown>)[name];
  return wordOf(kind, name, value, told, words) ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
}
