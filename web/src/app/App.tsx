// SPDX-License-Identifier: LGPL-2.1-or-later
// Who may see what: set-up, login, or the pages.
import { Center, Loader } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { Router } from 'wouter';
import { LiveProvider } from '../live';
import { Problem } from '../ui/errors';
import { Entrance } from './Entrance';
import { SessionProvider, mayDo, useBeginning } from './session';
import { Shell } from './Shell';

const kLeft = 'relevo.left';

export function App() {
  const beginning = useBeginning();
  const client = useQueryClient();
  const [skipped, setSkipped] = useState(false);
  // Who needs no login and has logged out wants to see the login all the same, until he goes on without.
  const [left, setLeft] = useState(() => sessionStorage.getItem(kLeft) !== null);
  const remember = useCallback((gone: boolean) => {
    if (gone) sessionStorage.setItem(kLeft, '');
    else sessionStorage.removeItem(kLeft);
    setLeft(gone);
  }, []);
  const onLeft = useCallback(() => remember(true), [remember]);

  if (beginning.error && !beginning.data)
    return (
      <Center mih="100vh" p="md" component="main">
        <Problem error={beginning.error} onRetry={() => beginning.refetch()} />
      </Center>
    );
  if (!beginning.data)
    return (
      <Center mih="100vh" component="main">
        <Loader />
      </Center>
    );

  const { setUpNeeded, me } = beginning.data;
  const enter = async () => {
    // What was answered to whoever was here before is not for everybody.
    client.removeQueries({ predicate: ({ queryKey: [asked] }) => asked !== 'beginning' });
    await client.invalidateQueries({ queryKey: ['beginning'] });
    remember(false);
  };
  const skip = () => {
    setSkipped(true);
    remember(false);
  };
  if (!me || left || (setUpNeeded && !skipped && mayDo(me, 'administrator')))
    return <Entrance setUp={setUpNeeded} onEntered={enter} onSkip={me ? skip : undefined} />;
  const shell = <Shell onLogin={() => remember(true)} />;
  return (
    <SessionProvider me={me} onLeft={onLeft}>
      <Router base="/ui">{mayDo(me, 'operator') ? <LiveProvider>{shell}</LiveProvider> : shell}</Router>
    </SessionProvider>
  );
}
