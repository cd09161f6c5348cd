// SPDX-License-Identifier: LGPL-2.1-or-later
// How the interface looks, beyond what its components bring.
import { createTheme, MantineProvider, type CSSVariablesResolver, type MantineTheme } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { defineMessages, useMessages } from '../i18n';

const messages = defineMessages({ close: 'Close' }, { close: 'Cerrar' });

const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: { light: 9, dark: 9 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  headings: { fontWeight: '650' },
});

/** Of text in a colour, and of text on a light shade of it. */
function textColors(theme: MantineTheme, shadeOf: (color: string) => string) {
  const names = Object.keys(theme.colors).flatMap((color) => [
    [`--mantine-color-${color}-light-color`, shadeOf(color)],
    [`--mantine-color-${color}-text`, shadeOf(color)],
  ]);
  return Object.fromEntries(names) as Record<string, string>;
}

/** Text has a contrast of 4.5 at least (WCAG AA), which the components' own colours do not reach. */
const readable: CSSVariablesResolver = (theme) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': theme.colors.gray[7],
    '--mantine-color-placeholder': theme.colors.gray[6],
    '--mantine-color-error': theme.colors.red[9],
    ...textColors(theme, (color) => `color-mix(in srgb, var(--mantine-color-${color}-9), black 25%)`),
  },
  dark: {
    '--mantine-color-dimmed': theme.colors.dark[1],
    '--mantine-color-placeholder': theme.colors.dark[2],
    '--mantine-color-error': theme.colors.red[4],
    ...textColors(theme, (color) => `var(--mantine-color-${color}-3)`),
  },
});

/** Around everything. */
export function Look({ children }: { children: ReactNode }) {
  const t = useMessages(messages);
  const named = useMemo(
    () => ({ ...theme, components: { CloseButton: { defaultProps: { 'aria-label': t('close') } } } }),
    [t],
  );
  return (
    <MantineProvider theme={named} cssVariablesResolver={readable} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
