// SPDX-License-Identifier: LGPL-2.1-or-later
// The words of the interface, in the languages that it knows. Each page has its own, see defineMessages.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

export const languages = { en: 'English', es: 'Español' } as const;
export type Language = keyof typeof languages;

/** A key has a text in every language, or the program does not compile. */
export type Messages<K extends string> = Record<Language, Record<K, string>>;
type Values = Record<string, string | number>;

/** Texts of one part of the interface. `{name}` is replaced by a value; `one|many` is chosen by the value `n`, a number. */
export function defineMessages<K extends string>(en: Record<K, string>, es: Record<NoInfer<K>, string>): Messages<K> {
  return { en, es };
}

const kStored = 'relevo.language';

function usualLanguage(): Language {
  const stored = localStorage.getItem(kStored);
  if (stored === 'en' || stored === 'es') return stored;
  return navigator.language.startsWith('es') ? 'es' : 'en';
}

const Chosen = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'en',
  choose: () => {},
});

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(usualLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      language,
      choose: (wanted: Language) => {
        localStorage.setItem(kStored, wanted);
        setLanguage(wanted);
      },
    }),
    [language],
  );
  return <Chosen.Provider value={value}>{children}</Chosen.Provider>;
}

export const useLanguage = () => useContext(Chosen);

/** The half of `one|many` that goes with a number. */
function counted(text: string, n: number, language: Language) {
  const [one = text, many = one] = text.split('|');
  return new Intl.PluralRules(language).select(n) === 'one' ? one : many;
}

/** Writes a text with its values. */
export function fill(text: string, values: Values, language: Language): string {
  const chosen = typeof values.n === 'number' ? counted(text, values.n, language) : text;
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });
}

/** `t('key', {n: 3})` gives a text in the language that is chosen. */
export function useMessages<K extends string>(messages: Messages<K>) {
  const { language } = useLanguage();
  return useMemo(() => {
    const texts = messages[language];
    return (key: K, values: Values = {}) => fill(texts[key], values, language);
  }, [messages, language]);
}
