// SPDX-License-Identifier: LGPL-2.1-or-later
// Which lines the daemon writes from now on.
import { NativeSelect } from '@mantine/core';
import { useAsk, useChange } from '../../api/hooks';
import { mayDo, useSession } from '../../app/session';
import { useMessages } from '../../i18n';
import { messages } from './messages';

const kLevels = ['error', 'warning', 'info', 'debug'] as const;

export function Level() {
  const t = useMessages(messages);
  const mayChange = mayDo(useSession().me, 'administrator');
  const level = useAsk('GET /api/v1/log/level');
  const change = useChange('PUT /api/v1/log/level', { refreshes: ['/api/v1/log/level'] });
  return (
    <NativeSelect
      label={t('written')}
      title={t('writtenHelp')}
      disabled={!mayChange || !level.data}
      value={level.data?.level ?? ''}
      onChange={(event) => change.mutate({ body: { level: event.currentTarget.value } })}
      data={[...(level.data ? [] : ['']), ...kLevels.map((one) => ({ value: one, label: t(`level_${one}`) }))]}
    />
  );
}
