// SPDX-License-Identifier: LGPL-2.1-or-later
// The keys of programs that ask the API.
import { Badge, Button, Card, Group, Loader, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { KeyRound, Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client';
import { useAsk, useChange } from '../../api/hooks';
import type { Key } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useFormat } from '../../i18n/format';
import { ConfirmButton } from '../../ui/ConfirmButton';
import { CopyField } from '../../ui/CopyField';
import { Empty } from '../../ui/Empty';
import { Problem, useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { messages } from './messages';

const kRoles = ['viewer', 'operator', 'administrator'] as const;
const kRefreshes = ['/api/v1/keys'];

function Row({ one }: { one: Key }) {
  const t = useMessages(messages);
  const format = useFormat();
  const end = useChange('DELETE /api/v1/keys/{key}', { refreshes: kRefreshes });
  return (
    <Card withBorder padding="sm" component="li">
      <Group justify="space-between">
        <Group gap="xs">
          <Text fw={600}>{one.name}</Text>
          <Badge variant="light" color="gray" tt="none">
            {t(one.role)}
          </Badge>
          <Text size="sm" c="dimmed">
            {t('made', { when: format.ago(one.made * 1000) })}
          </Text>
        </Group>
        <ConfirmButton
          size="xs"
          variant="subtle"
          color="red"
          aria-label={`${t('endKey')}: ${one.name}`}
          question={t('endKeyAsk', { name: one.name })}
          onConfirmed={() => end.mutate({ path: { key: one.id } })}
        >
          {t('endKey')}
        </ConfirmButton>
      </Group>
    </Card>
  );
}

/** Asks for its name, then shows the key itself, once. */
function NewKey({ onDone }: { onDone: () => void }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { values, set } = useFields({ name: '', role: 'operator' as Key['role'] });
  const [problem, setProblem] = useState<Error>();
  const add = useChange('POST /api/v1/keys', { refreshes: kRefreshes, onError: setProblem });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ body: values });
  };
  if (add.data)
    return (
      <Stack>
        <CopyField label={t('keyShown', { name: add.data.name })} description={t('keyOnce')} value={add.data.key} />
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('keyDone')}</Button>
        </Group>
      </Stack>
    );
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('keyName')}
          required
          data-autofocus
          error={problem && (problem instanceof ApiError && problem.code === 'conflict' ? t('taken') : textOf(problem, 'name'))}
          value={values.name}
          onChange={(event) => set('name', event.currentTarget.value)}
        />
        <NativeSelect
          label={t('role')}
          description={t(`${values.role}Help`)}
          value={values.role}
          onChange={(event) => set('role', event.currentTarget.value as Key['role'])}
          data={kRoles.map((role) => ({ value: role, label: t(role) }))}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function Keys() {
  const t = useMessages(messages);
  const keys = useAsk('GET /api/v1/keys');
  const [adding, setAdding] = useState(false);
  const close = () => setAdding(false);
  if (keys.error) return <Problem error={keys.error} onRetry={() => keys.refetch()} />;
  if (!keys.data) return <Loader />;
  const add = (
    <Button leftSection={<Plus size={16} />} onClick={() => setAdding(true)}>
      {t('addKey')}
    </Button>
  );
  return (
    <>
      {keys.data.length === 0 ? (
        <Empty icon={KeyRound} text={t('noKeys')}>
          {add}
        </Empty>
      ) : (
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('keysAbout')}
          </Text>
          <Group>{add}</Group>
          <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
            {keys.data.map((one) => (
              <Row key={one.id} one={one} />
            ))}
          </Stack>
        </Stack>
      )}
      <Modal opened={adding} onClose={close} closeOnClickOutside={false} title={t('addKey')}>
        <NewKey onDone={close} />
      </Modal>
    </>
  );
}
