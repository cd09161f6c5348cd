// SPDX-License-Identifier: LGPL-2.1-or-later
// The names of pages and of the sections of the navigation.
import { defineMessages } from '../i18n';

export const titles = defineMessages(
  {
    watch: 'Watch',
    sources: 'Sources',
    serve: 'Serve',
    system: 'System',
    home: 'Home',
    channels: 'Channels',
    channel: 'Channel',
    player: 'Player',
    sessions: 'Sessions',
    timeline: 'Time line',
    streams: 'Streams',
    guide: 'Guide',
    profiles: 'Profiles',
    accounts: 'Accounts',
    account: 'Account',
  },
  {
    watch: 'Ver',
    sources: 'Fuentes',
    serve: 'Servir',
    system: 'Sistema',
    home: 'Inicio',
    channels: 'Canales',
    channel: 'Canal',
    player: 'Reproductor',
    sessions: 'Sesiones',
    timeline: 'Cronología',
    streams: 'Flujos',
    guide: 'Guía',
    profiles: 'Perfiles',
    accounts: 'Cuentas',
    account: 'Cuenta',
  },
);
