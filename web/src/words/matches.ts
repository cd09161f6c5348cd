// SPDX-License-Identifier: LGPL-2.1-or-later
// Why names are taken for the same, or not. The daemon tells it in phrases that are kept with what was matched: here is what
// they mean in Spanish. tests/web/api_types_test.py holds them against lib/lineup.
import { useCallback } from 'react';
import { useLanguage } from '../i18n';

const kSpanish: Record<string, string> = {
  'put here by hand': 'puesto aquí a mano',
  'the same name': 'el mismo nombre',
  'the same name, but the country is not told': 'el mismo nombre, pero no se dice el país',
  'the same guide': 'la misma guía',
  'the same tvg-id': 'el mismo tvg-id',
  'the same id': 'el mismo identificador',
  'the same station': 'la misma emisora',
  'the same words': 'las mismas palabras',
  'words spelled a little differently': 'palabras escritas de modo algo distinto',
  'no word in common': 'ninguna palabra en común',
  'one has words more': 'uno tiene más palabras',
  'each has words of its own': 'cada uno tiene palabras propias',
  'nothing but the same number': 'nada más que el mismo número',
  'one is no channel but a heading': 'uno no es un canal, sino un título',
  'one is later by': 'uno va más tarde en',
  'one is of the East, one of the West': 'uno es del Este, el otro del Oeste',
  'different stations': 'emisoras distintas',
  'different regions': 'regiones distintas',
  'different languages': 'idiomas distintos',
  'different countries': 'países distintos',
  'different numbers': 'números distintos',
  'only one tells the country': 'solo uno dice el país',
  'only one tells the language': 'solo uno dice el idioma',
  'only one tells the region': 'solo uno dice la región',
  'only one tells the coast': 'solo uno dice la costa',
  'only one tells the number': 'solo uno dice el número',
  'no name to go by': 'ningún nombre con el que buscar',
  'no channel of the guides is like it': 'ningún canal de las guías se le parece',
  'nothing is like it': 'nada se le parece',
  'the id fits and the names do not': 'el identificador coincide y los nombres no',
  'not alike enough': 'no se parecen bastante',
  'several channels are as like it': 'varios canales se le parecen igual',
};
const kLongestFirst = Object.keys(kSpanish).sort((a, b) => b.length - a.length);

/** What follows a phrase, names and figures, stays. */
function inSpanish(phrase: string) {
  const known = kLongestFirst.find((one) => phrase.startsWith(one));
  return known ? kSpanish[known] + phrase.slice(known.length).replace(' and ', ' y ') : phrase;
}

/** "the same words; only one tells the country: de" */
export function useMatchText() {
  const { language } = useLanguage();
  return useCallback((reason: string) => (language === 'es' ? reason.split('; ').map(inSpanish).join('; ') : reason), [language]);
}
