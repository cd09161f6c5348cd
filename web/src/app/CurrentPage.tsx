// SPDX-License-Identifier: LGPL-2.1-or-later
// The page that the address names. One that fails does not take the others along.
import { Center, Loader, Stack, Text, Title } from '@mantine/core';
import { Component, Suspense, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { defineMessages, useMessages } from '../i18n';
import { Problem } from '../ui/errors';
import { pages, type Page } from './pages';
import { mayDo, useSession } from './session';
import { titles } from './titles';

const messages = defineMessages(
  { nothing: 'There is no such page', help: 'The address may be old. The navigation leads to all pages.' },
  { nothing: 'No existe esta página', help: 'La dirección puede ser antigua. La navegación lleva a todas las páginas.' },
);

/** Shows what was thrown below it; another `location` is another try. */
class Boundary extends Component<{ location: string; children: ReactNode }, { error: unknown }> {
  override state = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: { location: string }) {
    if (before.location !== this.props.location && this.state.error) this.setState({ error: undefined });
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return <Problem error={this.state.error} onRetry={() => location.reload()} />;
  }
}

interface TitledProps {
  page: Page;
  params: Record<string, string>;
  /** Whether no page was there before. */
  first: RefObject<boolean>;
}

function Titled({ page: { title: name, page: Content }, params, first }: TitledProps) {
  const title = useMessages(titles);
  const [location] = useLocation();
  const region = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${title(name)} · Relevo`;
  }, [title, name]);
  // Who was in the navigation, or in what is gone, goes on in the page, and hears which it is.
  useEffect(() => {
    if (!first.current && !region.current?.contains(document.activeElement)) region.current?.focus({ preventScroll: true });
    first.current = false;
  }, [first, location]);
  return (
    <section ref={region} tabIndex={-1} aria-label={title(name)} style={{ outline: 'none' }}>
      <Content params={params} />
    </section>
  );
}

function Nothing() {
  const t = useMessages(messages);
  return (
    <Stack align="center" pt="xl">
      <Title order={1} size="h3">
        {t('nothing')}
      </Title>
      <Text c="dimmed">{t('help')}</Text>
    </Stack>
  );
}

const loading = (
  <Center pt="xl">
    <Loader />
  </Center>
);

export function CurrentPage() {
  const { me } = useSession();
  const [location] = useLocation();
  const mine = pages.filter((page) => mayDo(me, page.role));
  const start = mine.find((page) => page.nav);
  const first = useRef(true);
  return (
    <Boundary location={location}>
      <Suspense fallback={loading}>
        <Switch>
          {mine.map((page) => (
            // Views of one page have one title: it stays when another of them is chosen.
            <Route key={page.title} path={page.path}>
              {(params) => <Titled page={page} params={params as Record<string, string>} first={first} />}
            </Route>
          ))}
          <Route>{location === '/' && start ? <Redirect to={start.path} replace /> : <Nothing />}</Route>
        </Switch>
      </Suspense>
    </Boundary>
  );
}
