// SPDX-License-Identifier: LGPL-2.1-or-later
// The players: what each wants to be told, and where one types that.
import { AppWindow, Box, Clapperboard, Disc3, Film, Globe, ListVideo, Play, Smartphone, Tv, type LucideIcon } from 'lucide-react';
import type { Word } from './messages';

/** Where the player finds this server, and as whom it asks. */
export interface Where {
  /** Without a slash at its end. */
  server: string;
  /** Null: as nobody in particular. */
  user: { name: string; token: string } | null;
}

export interface Field {
  label: Word;
  value: string;
  help?: Word;
}

/** What it can say of who asks: a user has to be chosen, may be, or makes no difference; or only its network is known. */
type Asker = 'needed' | 'possible' | 'none' | 'network';

export interface Client {
  key: string;
  /** A proper name, or a word of ours. */
  name: string | { word: Word };
  about: Word;
  icon: LucideIcon;
  asker: Asker;
  /** The first is what a camera gets. */
  fields: (where: Where) => Field[];
  steps: readonly Word[];
}

function address({ server, user }: Where, path: string, query: Record<string, string> = {}) {
  const all = new URLSearchParams(user ? { ...query, token: user.token } : query);
  return `${server}${path}${all.size ? `?${all}` : ''}`;
}

const playlist = (where: Where, dialect?: string): Field => ({
  label: 'playlist',
  value: address(where, '/playlist.m3u', dialect ? { dialect } : {}),
});
const guide = (where: Where): Field => ({ label: 'guide', value: address(where, '/guide.xml') });
const tuner = ({ server }: Where): Field => ({ label: 'tuner', value: server, help: 'tunerHelp' });

export const clients: readonly Client[] = [
  {
    key: 'browser',
    name: { word: 'browser' },
    about: 'browserAbout',
    icon: AppWindow,
    asker: 'none',
    fields: ({ server }) => [{ label: 'interface', value: `${server}/ui/channels` }],
    steps: ['browser1', 'browser2'],
  },
  {
    key: 'vlc',
    name: 'VLC',
    about: 'vlcAbout',
    icon: Play,
    asker: 'possible',
    fields: (where) => [playlist(where, 'vlc')],
    steps: ['vlc1', 'vlc2', 'vlc3'],
  },
  {
    key: 'kodi',
    name: 'Kodi',
    about: 'kodiAbout',
    icon: Tv,
    asker: 'possible',
    fields: (where) => [playlist(where, 'kodi')],
    steps: ['kodi1', 'kodi2', 'kodi3'],
  },
  {
    key: 'xtream',
    name: { word: 'xtream' },
    about: 'xtreamAbout',
    icon: Smartphone,
    asker: 'needed',
    fields: ({ server, user }) => [
      { label: 'url', value: server },
      { label: 'name', value: user?.name ?? '' },
      { label: 'password', value: user?.token ?? '', help: 'passwordHelp' },
    ],
    steps: ['xtream1', 'xtream2'],
  },
  {
    key: 'plex',
    name: 'Plex',
    about: 'tunerAbout',
    icon: Film,
    asker: 'network',
    fields: (where) => [guide({ ...where, user: null }), tuner(where)],
    steps: ['plex1', 'plex2', 'plex3'],
  },
  {
    key: 'jellyfin',
    name: 'Jellyfin',
    about: 'listAbout',
    icon: Clapperboard,
    asker: 'possible',
    fields: (where) => [playlist(where, 'jellyfin'), guide(where), tuner(where)],
    steps: ['jellyfin1', 'jellyfin2', 'jellyfin3'],
  },
  {
    key: 'emby',
    name: 'Emby',
    about: 'listAbout',
    icon: Disc3,
    asker: 'possible',
    fields: (where) => [playlist(where, 'jellyfin'), guide(where), tuner(where)],
    steps: ['emby1', 'emby2', 'emby3'],
  },
  {
    key: 'channels-dvr',
    name: 'Channels DVR',
    about: 'channelsAbout',
    icon: ListVideo,
    asker: 'possible',
    fields: (where) => [playlist(where, 'channels'), guide(where)],
    steps: ['channels1', 'channels2', 'channels3'],
  },
  {
    key: 'mag',
    name: { word: 'mag' },
    about: 'magAbout',
    icon: Box,
    asker: 'none',
    fields: ({ server }) => [{ label: 'portal', value: `${server}/stalker_portal/c/` }],
    steps: ['mag1', 'mag2', 'mag3'],
  },
  {
    key: 'any',
    name: { word: 'any' },
    about: 'anyAbout',
    icon: Globe,
    asker: 'possible',
    fields: (where) => [
      playlist(where),
      guide(where),
      { label: 'playlistHls', value: address(where, '/playlist.m3u', { output: 'm3u8' }), help: 'playlistHlsHelp' },
    ],
    steps: ['any1', 'any2'],
  },
];
