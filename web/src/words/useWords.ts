// SPDX-License-Identifier: LGPL-2.1-or-later
// The daemon's words in the language that is chosen; those that it has learnt since stay as they are.
import { useMemo } from 'react';
import { fill, useLanguage, type Language, type Messages } from '../i18n';
import { makeFormat } from '../i18n/format';

type Values = Record<string, string | number>;

export function makeWords(language: Language) {
  const format = makeFormat(language);
  return {
    format,
    /** The text of a word; undefined: nobody knows it here. */
    find: <K extends string>(messages: Messages<K>, word: string | undefined, values: Values = {}) => {
      const texts: Partial<Record<string, string>> = messages[language];
      const text = word === undefined || !Object.hasOwn(texts, word) ? undefined : texts[word];
      return text === undefined ? undefined : fill(text, values, language);
    },
    say: <K extends string>(messages: Messages<K>, key: K, values: Values = {}) => fill(messages[language][key], values, language),
    /** "40 ms", "2.0 s" */
    time: (ms = 0) => (ms < 1000 ? `${format.number(ms)} ms` : `${format.number(ms / 1000, 1)} s`),
    /** "3.1 MB" */
    size: (bytes = 0) => format.bytes(bytes),
  };
}
export type Words = ReturnType<typeof makeWords>;

export function useWords() {
  const { language } = useLanguage();
  return useMemo(() => makeWords(language), [language]);
}
