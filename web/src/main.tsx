// SPDX-License-Identifier: LGPL-2.1-or-later
// Where the interface begins.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/base.css';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { ApiError, passes } from './api/client';
import { App } from './app/App';
import { Look } from './app/Look';
import { LanguageProvider } from './i18n';

const kAgainMs = 5000;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      retry: (failures, error) => passes(error) && failures < 3,
      refetchInterval: ({ state: { error } }) => error !== null && passes(error) && kAgainMs,
    },
  },
});
// A session that is over: the page begins again, with the login.
function onAnswer(error: unknown) {
  if (error instanceof ApiError && error.status === 401) client.invalidateQueries({ queryKey: ['beginning'] });
}
client.getQueryCache().subscribe(({ type, query }) => type === 'updated' && onAnswer(query.state.error));
client.getMutationCache().subscribe(({ type, mutation }) => type === 'updated' && onAnswer(mutation.state.error));

createRoot(document.getElementById('root')!).render(
  <LanguageProvider>
    <Look>
      <QueryClientProvider client={client}>
        <Notifications />
        <App />
      </QueryClientProvider>
    </Look>
  </LanguageProvider>,
);
