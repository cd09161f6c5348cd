// SPDX-License-Identifier: LGPL-2.1-or-later
// The name of a profile, a new one's or another one.
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useChange } from '../../api/hooks';
import type { Profile } from '../../api/schema';
import { useMessages } from '../../i18n';
import { useErrorText } from '../../ui/errors';
import { messages } from './messages';

interface Props {
  /** None: a new one. */
  profile?: Profile;
  onClose: () => void;
  onDone?: (profile: Profile) => void;
}

function Form({ profile, onClose, onDone }: Props) {
  const t = useMessages(messages);
  const textOf = useErrorText();
  const [name, setName] = useState(profile?.name ?? '');
  const [problem, setProblem] = useState<Error | null>(null);
  const options = {
    refreshes: ['/api/v1/profiles'],
    onError: setProblem,
    onDone: (saved: Profile) => {
      onClose();
      onDone?.(saved);
    },
  };
  const create = useChange('POST /api/v1/profiles', options);
  const change = useChange('PATCH /api/v1/profiles/{profile}', options);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (profile) change.mutate({ path: { profile: profile.id }, body: { name } });
    else create.mutate({ body: { name } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('name')}
          required
          data-autofocus
          value={name}
          error={problem ? textOf(problem, 'name') : undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending}>
            {t(profile ? 'save' : 'create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function NameForm({ opened, ...props }: Props & { opened: boolean }) {
  const t = useMessages(messages);
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t(props.profile ? 'rename' : 'add')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Form {...props} />
    </Modal>
  );
}
