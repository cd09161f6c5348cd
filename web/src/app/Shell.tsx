// SPDX-License-Identifier: LGPL-2.1-or-later
// What is around every page: navigation, language, light or dark, who is logged in.
import { ActionIcon, AppShell, Badge, Burger, Button, Group, Menu, NavLink, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { LogOut, UserRound } from 'lucide-react';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { defineMessages, useMessages } from '../i18n';
import { useLiveState } from '../live';
import { CurrentPage } from './CurrentPage';
import { pages, sections } from './pages';
import { LanguageChoice, SchemeChoice } from './Preferences';
import logo from './relevo.svg';
import { mayDo, useSession } from './session';
import classes from './Shell.module.css';
import { titles } from './titles';

const messages = defineMessages(
  {
    menu: 'Navigation',
    skip: 'To the content',
    live: 'Live',
    connecting: 'Connecting',
    lost: 'No connection',
    liveHelp: 'What happens is shown at once.',
    lostHelp: 'The server does not answer. The page tries again by itself; what you see may be old.',
    logIn: 'Log in',
    logOut: 'Log out',
    user: 'User',
    viewer: 'viewer',
    operator: 'operator',
    administrator: 'administrator',
  },
  {
    menu: 'Navegación',
    skip: 'Al contenido',
    live: 'En directo',
    connecting: 'Conectando',
    lost: 'Sin conexión',
    liveHelp: 'Lo que ocurre se muestra al instante.',
    lostHelp: 'El servidor no responde. La página lo intenta de nuevo sola; lo que ve puede ser antiguo.',
    logIn: 'Entrar',
    logOut: 'Salir',
    user: 'Usuario',
    viewer: 'espectador',
    operator: 'operador',
    administrator: 'administrador',
  },
);

function LiveBadge() {
  const t = useMessages(messages);
  const state = useLiveState();
  if (!state) return null;
  const lost = state === 'lost';
  return (
    <Tooltip label={t(lost ? 'lostHelp' : 'liveHelp')} multiline maw={260}>
      <Badge
        variant="dot"
        color={lost ? 'red' : state === 'open' ? 'teal' : 'gray'}
        role="status"
        className={classes.live}
      >
        {t(state === 'open' ? 'live' : state)}
      </Badge>
    </Tooltip>
  );
}

function UserMenu({ onLogin }: { onLogin: () => void }) {
  const t = useMessages(messages);
  const { me, leave } = useSession();
  if (!me.user)
    return (
      <Button variant="default" size="xs" onClick={onLogin} style={{ flexShrink: 0 }}>
        {t('logIn')}
      </Button>
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('user')} title={t('user')}>
          <UserRound size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name} · {t(me.role)}
        </Menu.Label>
        <Menu.Item leftSection={<LogOut size={14} />} onClick={leave}>
          {t('logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Navigation({ onGone }: { onGone: () => void }) {
  const title = useMessages(titles);
  const { me } = useSession();
  const [location] = useLocation();
  const isHere = (path: string) => (path === '/' ? location === '/' : location.startsWith(path));
  const mine = pages.filter((page) => page.nav && mayDo(me, page.role));
  return sections.map((section) => {
    const shown = mine.filter((page) => page.nav?.section === section);
    if (!shown.length) return null;
    return (
      <div key={section} className={classes.section}>
        <Text size="xs" fw={700} c="dimmed" tt="uppercase" px="sm" pb={4}>
          {title(section)}
        </Text>
        {shown.map(({ path, title: name, nav }) => {
          const Icon = nav!.icon;
          return (
            <NavLink
              key={path}
              component={Link}
              href={path}
              active={isHere(path)}
              aria-current={isHere(path) ? 'page' : undefined}
              label={title(name)}
              leftSection={<Icon size={18} />}
              onClick={onGone}
              className={classes.link}
            />
          );
        })}
      </div>
    );
  });
}

export function Shell({ onLogin }: { onLogin: () => void }) {
  const t = useMessages(messages);
  const [open, { toggle, close }] = useDisclosure();
  const [location] = useLocation();
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [location]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <AppShell.Header>
        <a href="#content" className={classes.skip}>
          {t('skip')}
        </a>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('menu')} aria-expanded={open} />
            <Link href="/" className={classes.brand} aria-label="Relevo">
              <img src={logo} width={28} height={28} alt="" />
              <span>Relevo</span>
            </Link>
          </Group>
          <Group gap={4} wrap="nowrap">
            <LiveBadge />
            <LanguageChoice />
            <SchemeChoice />
            <UserMenu onLogin={onLogin} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')} className={classes.navbar} data-open={open || undefined}>
        <Navigation onGone={close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <CurrentPage />
      </AppShell.Main>
    </AppShell>
  );
}
