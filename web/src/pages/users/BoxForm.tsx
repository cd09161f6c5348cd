// SPDX-License-Identifier: LGPL-2.1-or-later
// A new box, or what can be changed of one.
import { Alert, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client';
import { useChange } from '../../api/hooks';
import type { Device, User } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { messages } from './messages';

export const kBoxRefreshes = ['/api/v1/devices'];

interface Props {
  box?: Device;
  users: readonly User[];
  onDone: () => void;
}

export function BoxForm({ box, users, onDone }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { values, set } = useFields({ name: box?.name ?? '', mac: box?.mac ?? '', user: box?.user ?? users[0]?.id ?? 0 });
  const [problem, setProblem] = useState<Error>();
  const options = { refreshes: kBoxRefreshes, onDone, onError: setProblem };
  const add = useChange('POST /api/v1/devices', options);
  const change = useChange('PATCH /api/v1/devices/{device}', options);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (box) change.mutate({ path: { device: box.id }, body: values });
    else add.mutate({ body: values });
  };
  const refusal = problem instanceof ApiError ? problem : undefined;
  const wrongMac = refusal?.where === 'mac';
  const taken = refusal?.code === 'conflict' && !wrongMac;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          description={t('boxNameHelp')}
          required
          data-autofocus
          error={taken ? t('taken') : undefined}
          value={values.name}
          onChange={(event) => set('name', event.currentTarget.value)}
        />
        <TextInput
          label={t('mac')}
          description={t('macHelp')}
          placeholder="00:1A:79:0B:0C:0D"
          required
          autoComplete="off"
          spellCheck={false}
          error={wrongMac ? textOf(refusal, 'mac') : undefined}
          value={values.mac}
          onChange={(event) => set('mac', event.currentTarget.value)}
        />
        <NativeSelect
          label={t('boxUser')}
          description={t('boxUserHelp')}
          value={String(values.user)}
          onChange={(event) => set('user', Number(event.currentTarget.value))}
          data={users.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        {problem && !wrongMac && !taken && (
          <Alert color="red" role="alert">
            {textOf(problem)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending}>
            {t(box ? 'save' : 'create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
