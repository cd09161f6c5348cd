// SPDX-License-Identifier: LGPL-2.1-or-later
// The pages: where each is, who may see it, and whether the navigation leads there. Each is loaded when it is opened.
import {
  Bell,
  Cable,
  CalendarDays,
  Cast,
  CircleUserRound,
  History,
  House,
  ListVideo,
  Radio,
  Satellite,
  ScrollText,
  Settings2,
  Tv,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { Role } from './session';
import type { titles } from './titles';

export type Section = 'watch' | 'sources' | 'serve' | 'system';
export const sections: readonly Section[] = ['watch', 'sources', 'serve', 'system'];

/** What is in the path, as `id` in "/channels/:id". */
export type PageProps = { params: Record<string, string> };

export interface Page {
  path: string;
  title: keyof (typeof titles)['en'];
  role: Role; // and above
  page: LazyExoticComponent<ComponentType<PageProps>>;
  nav?: { section: Section; icon: LucideIcon };
}

export const pages: readonly Page[] = [
  {
    path: '/',
    title: 'home',
    role: 'operator',
    page: lazy(() => import('../pages/home')),
    nav: { section: 'watch', icon: House },
  },
  {
    path: '/channels',
    title: 'channels',
    role: 'viewer',
    page: lazy(() => import('../pages/channels')),
    nav: { section: 'watch', icon: Tv },
  },
  { path: '/channels/review', title: 'review', role: 'operator', page: lazy(() => import('../pages/channels/Review')) },
  { path: '/channels/review/:view', title: 'review', role: 'operator', page: lazy(() => import('../pages/channels/Review')) },
  { path: '/channels/:channel', title: 'channel', role: 'operator', page: lazy(() => import('../pages/channels/ChannelPage')) },
  { path: '/watch/:channel', title: 'player', role: 'viewer', page: lazy(() => import('../pages/watch')) },
  {
    path: '/guide',
    title: 'guide',
    role: 'viewer',
    page: lazy(() => import('../pages/guide')),
    nav: { section: 'watch', icon: CalendarDays },
  },
  { path: '/guide/:view', title: 'guide', role: 'operator', page: lazy(() => import('../pages/guide')) },
  {
    path: '/sessions',
    title: 'sessions',
    role: 'operator',
    page: lazy(() => import('../pages/sessions')),
    nav: { section: 'watch', icon: Cast },
  },
  {
    path: '/timeline',
    title: 'timeline',
    role: 'operator',
    page: lazy(() => import('../pages/timeline')),
    nav: { section: 'watch', icon: History },
  },
  { path: '/timeline/:channel', title: 'timeline', role: 'operator', page: lazy(() => import('../pages/timeline')) },
  {
    path: '/accounts',
    title: 'accounts',
    role: 'operator',
    page: lazy(() => import('../pages/accounts')),
    nav: { section: 'sources', icon: Satellite },
  },
  {
    path: '/streams',
    title: 'streams',
    role: 'operator',
    page: lazy(() => import('../pages/streams')),
    nav: { section: 'sources', icon: Radio },
  },
  {
    path: '/profiles',
    title: 'profiles',
    role: 'operator',
    page: lazy(() => import('../pages/profiles')),
    nav: { section: 'serve', icon: ListVideo },
  },
  { path: '/profiles/:profile', title: 'profiles', role: 'operator', page: lazy(() => import('../pages/profiles')) },
  { path: '/accounts/new', title: 'account', role: 'administrator', page: lazy(() => import('../pages/accounts/Wizard')) },
  { path: '/accounts/:account', title: 'account', role: 'operator', page: lazy(() => import('../pages/accounts/AccountPage')) },
  {
    path: '/connect',
    title: 'connect',
    role: 'viewer',
    page: lazy(() => import('../pages/connect')),
    nav: { section: 'serve', icon: Cable },
  },
  {
    path: '/alerts',
    title: 'alerts',
    role: 'operator',
    page: lazy(() => import('../pages/alerts')),
    nav: { section: 'system', icon: Bell },
  },
  {
    path: '/users',
    title: 'users',
    role: 'administrator',
    page: lazy(() => import('../pages/users')),
    nav: { section: 'system', icon: Users },
  },
  {
    path: '/log',
    title: 'log',
    role: 'operator',
    page: lazy(() => import('../pages/log')),
    nav: { section: 'system', icon: ScrollText },
  },
  {
    path: '/settings',
    title: 'settings',
    role: 'administrator',
    page: lazy(() => import('../pages/settings')),
    nav: { section: 'system', icon: Settings2 },
  },
  {
    path: '/me',
    title: 'me',
    role: 'viewer',
    page: lazy(() => import('../pages/me')),
    nav: { section: 'system', icon: CircleUserRound },
  },
];
