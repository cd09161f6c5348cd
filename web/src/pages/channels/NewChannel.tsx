// SPDX-License-Identifier: LGPL-2.1-or-later
// A channel made by hand: its name and number; its streams come next.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { ApiError } from '../../api/client';
import { kOfChannels } from '../../api/concerned';
import { useChange } from '../../api/hooks';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { messages } from './messages';

function Form({ onCancel }: { onCancel: () => void }) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const [, go] = useLocation();
  const { values, set } = useFields({ name: '', number: '', group: '' });
  const [problem, setProblem] = useState<Error | null>(null);
  const create = useChange('POST /api/v1/channels', {
    refreshes: kOfChannels,
    onDone: ({ id }) => go(`/channels/${id}`),
    onError: setProblem,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ body: { name: values.name, number: values.number.trim() || null, group: values.group } });
  };
  const ofNumber = problem instanceof ApiError && problem.where === 'number';
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('name')}
          required
          data-autofocus
          value={values.name}
          error={problem && !ofNumber ? textOf(problem, 'name') : undefined}
          onChange={(event) => set('name', event.currentTarget.value)}
        />
        <TextInput
          label={t('number')}
          description={t('numberHelp')}
          value={values.number}
          error={ofNumber ? textOf(problem, 'number') : undefined}
          onChange={(event) => set('number', event.currentTarget.value)}
        />
        <TextInput label={t('group')} value={values.group} onChange={(event) => set('group', event.currentTarget.value)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function NewChannel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useMessages(messages);
  return (
    <Modal opened={opened} onClose={onClose} title={t('add')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <Form onCancel={onClose} />
    </Modal>
  );
}
