// SPDX-License-Identifier: LGPL-2.1-or-later
// What a refresh that needs a person found, in figures and examples.
import type { Alert } from '../../api/schema';
import { defineMessages, useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { FactList, type Fact } from '../../ui/FactList';

/** As the daemon calls them, in the order in which they are told. */
const figures = defineMessages(
  {
    status: 'HTTP status',
    present: 'Streams until now',
    listed: 'In the list now',
    vanished: 'Gone',
    added: 'New',
    changed: 'Changed',
    returned: 'There again',
    filtered: 'Left out by filters',
    unwanted: 'In groups that are not wanted',
    duplicates: 'Twice in the list',
    before: 'Programmes until now',
    programmes: 'Programmes now',
    channels: 'Channels now',
    outside: 'Programmes too old or too far ahead',
    faults: 'Malformed',
    breaks_at: 'Breaks off in line',
  },
  {
    status: 'Estado HTTP',
    present: 'Flujos hasta ahora',
    listed: 'En la lista ahora',
    vanished: 'Desaparecidos',
    added: 'Nuevos',
    changed: 'Cambiados',
    returned: 'De vuelta',
    filtered: 'Fuera por los filtros',
    unwanted: 'En grupos no deseados',
    duplicates: 'Dos veces en la lista',
    before: 'Programas hasta ahora',
    programmes: 'Programas ahora',
    channels: 'Canales ahora',
    outside: 'Programas demasiado viejos o lejanos',
    faults: 'Mal formados',
    breaks_at: 'Se corta en la línea',
  },
);
const kFigures = Object.keys(figures.en) as (keyof (typeof figures)['en'])[];

const messages = defineMessages(
  { vanished: 'Of those that are gone', added: 'Of the new ones', message: 'In its words' },
  { vanished: 'De los desaparecidos', added: 'De los nuevos', message: 'En sus palabras' },
);

type Examples = readonly { name: string; group: string }[];

function namesOf(examples: unknown) {
  return ((examples ?? []) as Examples).map(({ name, group }) => (group ? `${name} (${group})` : name)).join(', ');
}

export function Figures({ alert: { details, message } }: { alert: Alert }) {
  const nameOf = useMessages(figures);
  const t = useMessages(messages);
  const format = useFormat();
  const facts: Fact[] = [
    ...kFigures.filter((name) => Number(details[name]) > 0).map((name): Fact => [nameOf(name), format.number(Number(details[name]))]),
    [t('vanished'), namesOf(details.vanished_examples)],
    [t('added'), namesOf(details.added_examples)],
    [t('message'), message],
  ];
  return <FactList facts={facts} />;
}
