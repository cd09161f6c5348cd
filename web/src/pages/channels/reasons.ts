// SPDX-License-Identifier: LGPL-2.1-or-later
// Why streams were put together, and why channels look alike: what the daemon says in English, in the language that is chosen.
import { useMessages } from '../../i18n';
import { messages } from './messages';

type Key = keyof (typeof messages)['en'];

const kWords: Record<string, Key> = {
  'the same name': 'sameName',
  'the same name, but the country is not told': 'sameNameNoCountry',
  'the same tvg-id': 'sameTvgId',
  'the same guide': 'sameGuide',
  'nothing is like it': 'nothingAlike',
  'put here by hand': 'placedByHand',
  'the same station': 'sameStation',
  'the same words': 'sameWords',
  'one has words more': 'oneMoreWords',
  'only one tells the country': 'onlyCountry',
  'only one tells the language': 'onlyLanguage',
  'only one tells the region': 'onlyRegion',
  'only one tells the coast': 'onlyCoast',
  'only one tells the number': 'onlyNumber',
};

/** What is not known is said as it comes. */
export function useReason() {
  const t = useMessages(messages);
  return (reason: string) => {
    const [what, which = ''] = reason.split(': ') as [string, string?];
    const key = kWords[what];
    return key ? t(key, { what: which }) : reason;
  };
}
