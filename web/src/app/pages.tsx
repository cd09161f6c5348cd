// SPDX-License-Identifier: LGPL-2.1-or-later
// The pages: where each is, who may see it, and whether the navigation leads there. Each is loaded when it is opened.
import { House, type LucideIcon } from 'lucide-react';
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
];
