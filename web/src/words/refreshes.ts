// SPDX-License-Identifier: LGPL-2.1-or-later
// How a refresh ended, in a sentence.
import type { RefreshOutcome } from '../api/schema';
import { defineMessages } from '../i18n';
import type { Details, Figures } from './evidence';
import { objections, setbacks } from './reasons';
import type { Words } from './useWords';

const outcomes = defineMessages<RefreshOutcome>(
  { done: 'refreshed', unchanged: 'refreshed: nothing has changed', objected: 'not refreshed', failed: 'the refresh failed' },
  { done: 'actualizada', unchanged: 'actualizada: nada ha cambiado', objected: 'no actualizada', failed: 'la actualización falló' },
);

const figures = defineMessages(
  {
    listed: '{n} listed',
    added: '{n} added',
    changed: '{n} changed',
    vanished: '{n} vanished',
    channels: '{n} channel|{n} channels',
    programmes: '{n} programme|{n} programmes',
    smaller: 'it has {programmes} programmes, the one in use has {before}: that one stays',
    breaks: 'the guide breaks off in line {breaks_at}',
  },
  {
    listed: '{n} en la lista',
    added: '{n} nuevo|{n} nuevos',
    changed: '{n} cambiado|{n} cambiados',
    vanished: '{n} desaparecido|{n} desaparecidos',
    channels: '{n} canal|{n} canales',
    programmes: '{n} programa|{n} programas',
    smaller: 'tiene {programmes} programas, la que está en uso tiene {before}: esa se queda',
    breaks: 'la guía se corta en la línea {breaks_at}',
  },
);
const kCounted = ['listed', 'added', 'changed', 'vanished', 'channels', 'programmes'] as const;

function breakOf({ breaks_at }: Figures, words: Words) {
  return breaks_at ? words.say(figures, 'breaks', { breaks_at }) : undefined;
}

/** What is objected to; undefined: nothing that is known here. */
export function objectionOf(told: Figures, words: Words) {
  const { objection, vanished = 0, present = 0, programmes, before } = told;
  if (objection !== undefined) return words.find(objections, objection, { vanished, present });
  if (programmes === undefined || before === undefined) return undefined;
  return [breakOf(told, words), words.say(figures, 'smaller', { programmes, before })].filter(Boolean).join('; ');
}

/** Why it failed; undefined: nothing that is known here. */
export function setbackOf({ cause, status = 0 }: Pick<Details, 'cause' | 'status'>, words: Words) {
  return words.find(setbacks, cause, { status: String(status) });
}

interface Ended {
  outcome?: string;
  cause?: string;
  status?: number;
  report?: Figures;
}

/** Why it did not go well, or only in part; undefined: it did, or nothing is known here. */
export function troubleOf({ outcome, cause, status, report = {} }: Ended, words: Words) {
  if (outcome === 'failed') return setbackOf({ cause, status }, words);
  return outcome === 'objected' ? objectionOf(report, words) : breakOf(report, words);
}

export function outcomeText(outcome: string | undefined, words: Words) {
  return words.find(outcomes, outcome);
}

/** "812 listed", "3 added": what there was any of. */
export function countsOf(report: Figures, words: Words) {
  return kCounted.filter((name) => report[name]).map((name) => words.say(figures, name, { n: report[name]! }));
}

export function refreshText(ended: Ended, words: Words) {
  const begin = outcomeText(ended.outcome, words);
  const trouble = troubleOf(ended, words);
  if (begin === undefined || (ended.outcome !== 'done' && ended.outcome !== 'unchanged' && !trouble)) return undefined;
  const counts = ended.outcome === 'done' && ended.report ? countsOf(ended.report, words) : [];
  const rest = [trouble, ...counts].filter(Boolean);
  return rest.length ? `${begin}: ${rest.join(', ')}` : begin;
}
