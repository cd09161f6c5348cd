// SPDX-License-Identifier: LGPL-2.1-or-later
// How the interface is built, and served while one works on it: `RELEVO=http://127.0.0.1:8383 npm run dev`.
import { defineConfig } from 'vite';

const daemon = process.env.RELEVO ?? 'http://127.0.0.1:8383';

export default defineConfig({
  base: '/ui/',
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000, // kB: that of the players
    rollupOptions: {
      onwarn: (warning, warn) => {
        // "use client" of components that could be rendered on a server.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: daemon, ws: true },
      '/stream': daemon,
    },
  },
});
