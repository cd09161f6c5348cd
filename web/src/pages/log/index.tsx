// SPDX-License-Identifier: LGPL-2.1-or-later
// Log: what the daemon says, as it says it.
import { Button, Flex, Group, Loader, NativeSelect, Text, TextInput } from '@mantine/core';
import { Copy, Pause, Play, ScrollText, Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { Log } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { copyText } from '../../ui/copy';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { PageHead } from '../../ui/PageHead';
import { Level } from './Level';
import classes from './log.module.css';
import { messages } from './messages';
import { useLog } from './useLog';

const kLevels = ['error', 'warning', 'info', 'debug'];
type Level = keyof typeof kShows;
const kShows = { debug: 'all', info: 'info', warning: 'warning', error: 'error' } as const;

function Line({ line }: { line: Log }) {
  const t = useMessages(messages);
  const format = useFormat();
  return (
    <li className={classes.line} data-level={line.level}>
      <time dateTime={new Date(line.at_ms).toISOString()}>{format.moment(line.at_ms)}</time>
      <span className={classes.level}>{line.level in kShows ? t(`line_${line.level as Level}`) : line.level}</span>
      <span className={classes.text}>{line.text}</span>
    </li>
  );
}

export default function LogPage() {
  const t = useMessages(messages);
  const { lines, error } = useLog();
  const [level, setLevel] = useState<Level>('debug');
  const [sought, setSought] = useState('');
  const wanted = useDeferredValue(sought.trim().toLowerCase());
  const [frozen, setFrozen] = useState<readonly Log[]>();
  const [copied, setCopied] = useState<boolean>(); // false: the browser does not allow it

  const grave = kLevels.slice(0, kLevels.indexOf(level) + 1);
  const fits = (line: Log) => grave.includes(line.level) && line.text.toLowerCase().includes(wanted);
  const shown = (frozen ?? lines)?.filter(fits);
  const missed = frozen && lines ? lines.filter(({ at_ms }) => at_ms > (frozen[0]?.at_ms ?? 0)).length : 0;
  const copy = async () => {
    const text = shown!.map((line) => `${new Date(line.at_ms).toISOString()} ${line.level}: ${line.text}`).reverse();
    setCopied(await copyText(text.join('\n')));
  };

  return (
    <>
      <PageHead title={t('title')} about={t('about')}>
        <Button
          variant="default"
          leftSection={frozen ? <Play size={16} /> : <Pause size={16} />}
          disabled={!lines}
          onClick={() => setFrozen(frozen ? undefined : lines)}
        >
          {t(frozen ? 'goOn' : 'pause')}
        </Button>
        <Button variant="default" leftSection={<Copy size={16} />} disabled={!shown?.length} onClick={copy} onBlur={() => setCopied(undefined)}>
          {t(copied ? 'copied' : copied === false ? 'notCopied' : 'copy')}
        </Button>
      </PageHead>
      <Flex direction={{ base: 'column', sm: 'row' }} gap="sm" mb="sm" align={{ sm: 'flex-end' }}>
        <NativeSelect
          label={t('show')}
          value={level}
          onChange={(event) => setLevel(event.currentTarget.value as Level)}
          data={Object.entries(kShows).map(([value, word]) => ({ value, label: t(word) }))}
        />
        <TextInput
          flex={1}
          label={t('search')}
          leftSection={<Search size={16} />}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
        <Level />
      </Flex>
      {error !== undefined && <Problem error={error} />}
      {shown ? (
        <>
          <Group justify="space-between" mb={4}>
            <Text size="xs" c="dimmed">
              {t('lines', { n: shown.length })}
            </Text>
            <Text size="xs" c="dimmed" role="status">
              {frozen && t('paused', { n: missed })}
            </Text>
          </Group>
          {shown.length === 0 ? (
            <Empty icon={ScrollText} text={t(lines?.length ? 'noneFound' : 'none')} />
          ) : (
            <ol className={classes.lines} aria-label={t('title')} tabIndex={0}>
              {shown.map((line) => (
                <Line key={line.number} line={line} />
              ))}
            </ol>
          )}
        </>
      ) : (
        error === undefined && <Loader />
      )}
    </>
  );
}
