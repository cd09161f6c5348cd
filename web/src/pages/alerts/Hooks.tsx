// SPDX-License-Identifier: LGPL-2.1-or-later
// Addresses that are told of what happens.
import { Badge, Button, Card, Group, Loader, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useAsk, useChange } from '../../api/hooks';
import type { WebHook } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { Empty } from '../../ui/Empty';
import { Problem } from '../../ui/errors';
import { useLeaving } from '../../ui/useLeaving';
import { kinds } from '../../words/kinds';
import { useWords } from '../../words/useWords';
import { HookForm, kHookRefreshes } from './HookForm';
import { messages } from './messages';

function Row({ hook, onEdit, onErase }: { hook: WebHook; onEdit: () => void; onErase: () => void }) {
  const t = useMessages(messages);
  const format = useFormat();
  const words = useWords();
  const path = { hook: hook.id };
  const test = useChange('POST /api/v1/web-hooks/{hook}/test', {
    refreshes: kHookRefreshes,
    onDone: ({ message }) => notifications.show(message ? { color: 'red', message: t('hookFailed', { message }) } : { color: 'teal', message: t('works') }),
  });
  return (
    <Card withBorder padding="sm" component="li">
      <Stack gap={4}>
        <Group gap="xs">
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {hook.url}
          </Text>
          {!hook.enabled && (
            <Badge variant="light" color="orange" tt="none">
              {t('off')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t('kinds')}: {hook.kinds.map((kind) => words.find(kinds, kind) ?? kind).join(', ') || t('alertsOnly')} ·{' '}
          {hook.delivered ? t('worked', { when: format.ago(hook.delivered * 1000) }) : t('never')}
        </Text>
        {hook.message && (
          <Text size="sm" c="red">
            {t('hookFailed', { message: hook.message })}
          </Text>
        )}
        <Group gap="xs" justify="flex-end">
          <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate({ path })}>
            {t('test')}
          </Button>
          <Button size="xs" variant="default" onClick={onEdit}>
            {t('edit')}
          </Button>
          <Button size="xs" variant="subtle" color="red" onClick={onErase}>
            {t('delete')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

export function Hooks() {
  const t = useMessages(messages);
  const hooks = useAsk('GET /api/v1/web-hooks');
  const [edited, setEdited] = useState<number | 'new'>();
  const { leaving, takeAway } = useLeaving('web-hook');
  const erase = useChange('DELETE /api/v1/web-hooks/{hook}', { refreshes: kHookRefreshes });
  const close = () => setEdited(undefined);
  if (hooks.error) return <Problem error={hooks.error} onRetry={() => hooks.refetch()} />;
  if (!hooks.data) return <Loader />;
  const shown = hooks.data.filter(({ id }) => !leaving.has(id));
  const hook = shown.find(({ id }) => id === edited);
  const eraseSoon = ({ id, url }: WebHook) => takeAway([id], t('deleted', { url }), () => erase.mutateAsync({ path: { hook: id } }));
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={() => setEdited('new')}>
      {t('addHook')}
    </Button>
  );
  return (
    <>
      {shown.length === 0 ? (
        <Empty icon={Webhook} text={t('noHooks')}>
          {add}
        </Empty>
      ) : (
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('hooksAbout')}
          </Text>
          <Group>{add}</Group>
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {shown.map((one) => (
              <Row key={one.id} hook={one} onEdit={() => setEdited(one.id)} onErase={() => eraseSoon(one)} />
            ))}
          </Stack>
        </Stack>
      )}
      <Modal opened={edited === 'new' || hook !== undefined} onClose={close} title={t(hook ? 'editHook' : 'addHook')}>
        <HookForm hook={hook} onDone={close} />
      </Modal>
    </>
  );
}
