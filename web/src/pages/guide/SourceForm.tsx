// SPDX-License-Identifier: LGPL-2.1-or-later
// A guide source, new or changed.
import { Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client';
import { useChange } from '../../api/hooks';
import type { Guide } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { useFields } from '../../ui/fields';
import { messages } from './messages';

interface Props {
  /** None: a new one. */
  guide?: Guide;
  onClose: () => void;
  onCreated?: (guide: Guide) => void;
}

function Form({ guide, onClose, onCreated }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const { values, set } = useFields({
    name: guide?.name ?? '',
    location: guide?.location ?? '',
    refresh: guide?.refresh ?? '24h',
    enabled: guide?.enabled ?? true,
  });
  const [problem, setProblem] = useState<Error | null>(null);
  const options = { refreshes: ['/api/v1/guide'], onError: setProblem };
  const create = useChange('POST /api/v1/guides', {
    ...options,
    onDone: (made) => {
      onClose();
      onCreated?.(made);
    },
  });
  const change = useChange('PATCH /api/v1/guides/{guide}', { ...options, onDone: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    if (guide) change.mutate({ path: { guide: guide.id }, body: values });
    else create.mutate({ body: values });
  };
  const where = problem instanceof ApiError ? problem.where : undefined;
  const text = (field: 'name' | 'location' | 'refresh') => ({
    value: values[field],
    error: problem && where === field ? textOf(problem, field) : undefined,
    onChange: (event: { currentTarget: HTMLInputElement }) => set(field, event.currentTarget.value),
  });
  const elsewhere = problem && !['name', 'location', 'refresh'].includes(where ?? '');
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label={t('name')} required data-autofocus {...text('name')} />
        <TextInput label={t('location')} description={t('locationHelp')} required {...text('location')} />
        <TextInput label={t('refreshPlan')} description={t('refreshHelp')} {...text('refresh')} />
        <Switch label={t('enabled')} checked={values.enabled} onChange={(event) => set('enabled', event.currentTarget.checked)} />
        {elsewhere && (
          <Text size="sm" c="red" role="alert">
            {textOf(problem)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending}>
            {t(guide ? 'save' : 'create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function SourceForm({ opened, ...props }: Props & { opened: boolean }) {
  const t = useMessages(messages);
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={props.guide ? t('edit', { name: props.guide.name }) : t('add')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Form {...props} />
    </Modal>
  );
}
