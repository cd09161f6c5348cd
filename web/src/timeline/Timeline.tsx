// SPDX-License-Identifier: LGPL-2.1-or-later
// What has happened, the newest first, each with its evidence.
import { ActionIcon, Collapse, Text, ThemeIcon } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { Link } from 'wouter';
import type { History } from '../api/schema';
import { defineMessages, useMessages } from '../i18n';
import { useFormat } from '../i18n/format';
import { useEventText } from '../words/events';
import { evidenceText } from '../words/evidenceText';
import { useWords } from '../words/useWords';
import { lookOf } from './kinds';
import classes from './Timeline.module.css';

const messages = defineMessages(
  {
    evidence: 'Evidence',
    candidate: 'Source',
    from: 'From',
    reason: 'Reason',
    failure: 'Failure',
    status: 'HTTP status',
    text: 'In its words',
    measured_ms: 'Measured',
    limit_ms: 'Limit',
    gap_ms: 'Gap in the picture',
    wait_ms: 'Next try in',
    address: 'Address',
    agent: 'Player',
    user: 'User',
    kind: 'Kind',
    bytes: 'Sent',
    skips: 'Skips',
    session: 'Session',
    stream: 'Stream',
    viewer: 'Viewer',
    outcome: 'Outcome',
    message: 'Message',
    cause: 'Cause',
    obstacle: 'What is full',
    report: 'Figures',
    details: 'Details',
    account: 'Account',
    guide: 'Guide',
    alert: 'Alert',
    key: 'Key',
    device: 'Box',
    by: 'By',
    path: 'Path',
    untold: 'More of them',
    version: 'Version',
  },
  {
    evidence: 'Pruebas',
    candidate: 'Fuente',
    from: 'Desde',
    reason: 'Motivo',
    failure: 'Fallo',
    status: 'Estado HTTP',
    text: 'En sus palabras',
    measured_ms: 'Medido',
    limit_ms: 'Límite',
    gap_ms: 'Hueco en la imagen',
    wait_ms: 'Nuevo intento en',
    address: 'Dirección',
    agent: 'Reproductor',
    user: 'Usuario',
    kind: 'Clase',
    bytes: 'Enviado',
    skips: 'Saltos',
    session: 'Sesión',
    stream: 'Flujo',
    viewer: 'Espectador',
    outcome: 'Resultado',
    message: 'Mensaje',
    cause: 'Causa',
    obstacle: 'Qué está lleno',
    report: 'Cifras',
    details: 'Detalles',
    account: 'Cuenta',
    guide: 'Guía',
    alert: 'Aviso',
    key: 'Clave',
    device: 'Decodificador',
    by: 'Por',
    path: 'Ruta',
    untold: 'Más de ellos',
    version: 'Versión',
  },
);
type Told = keyof (typeof messages)['en'];

/** Said elsewhere in the same line. */
const kUntold = new Set(['event', 'at_ms', 'channel', 'channel_name', 'account_name', 'guide_name', 'summary']);

function Evidence({ kind, evidence }: Pick<History, 'kind' | 'evidence'>) {
  const t = useMessages(messages);
  const words = useWords();
  const members = Object.keys(evidence)
    .filter((name) => !kUntold.has(name))
    .map((name) => [name, evidenceText(kind, name, evidence, words)] as const)
    .filter(([, text]) => text);
  return (
    <dl className={classes.evidence}>
      {members.map(([name, text]) => (
        <div key={name}>
          <dt>{name in messages.en ? t(name as Told) : name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Happening({ event, named }: { event: History; named: boolean }) {
  const t = useMessages(messages);
  const format = useFormat();
  const textOf = useEventText();
  const [open, setOpen] = useState(false);
  const id = useId();
  const { icon: Icon, color } = lookOf(event.kind);
  return (
    <li className={classes.item}>
      <ThemeIcon size={26} radius="xl" variant="light" color={color}>
        <Icon size={14} />
      </ThemeIcon>
      <div className={classes.what}>
        <Text size="sm">
          {named && event.subject && (
            <Text span fw={600} size="sm">
              {event.channel ? <Link href={`/timeline/${event.channel}`}>{event.subject}</Link> : event.subject}
              {' · '}
            </Text>
          )}
          {textOf(event)}
        </Text>
        <Collapse in={open} id={id}>
          {open && <Evidence {...event} />}
        </Collapse>
      </div>
      <Text size="xs" c="dimmed" className={classes.when} component="time" dateTime={new Date(event.at_ms).toISOString()}>
        {format.moment(event.at_ms)}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('evidence')}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <ChevronDown size={16} className={open ? classes.turned : undefined} />
      </ActionIcon>
    </li>
  );
}

/** `named`: each line says what it is about. */
export function Timeline({ events, named = false }: { events: readonly History[]; named?: boolean }) {
  return (
    <ol className={classes.list}>
      {events.map((event) => (
        <Happening key={event.id} event={event} named={named} />
      ))}
    </ol>
  );
}
