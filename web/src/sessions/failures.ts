// SPDX-License-Identifier: LGPL-2.1-or-later
// Why sources are given up, under the names that relevod has for it.
import { defineMessages, useMessages } from '../i18n';

const failures = defineMessages(
  {
    refused: 'no connection',
    dns: 'its name has no address',
    status: 'the server answers with an error',
    'not-a-transport-stream': 'what comes is no transport stream',
    ended: 'it ended',
    truncated: 'it broke off',
    'slot-timeout': 'no connection became free',
    'connect-timeout': 'no connection in time',
    'first-byte-timeout': 'nothing came in time',
    'entry-timeout': 'no picture came in time',
    stalled: 'nothing more came',
    slow: 'it came too slowly',
    scrambled: 'it is scrambled',
    'no-video': 'sound without video',
    other: 'it failed',
  },
  {
    refused: 'sin conexión',
    dns: 'su nombre no tiene dirección',
    status: 'el servidor responde con un error',
    'not-a-transport-stream': 'lo que llega no es un flujo de transporte',
    ended: 'terminó',
    truncated: 'se cortó',
    'slot-timeout': 'no quedó libre ninguna conexión',
    'connect-timeout': 'sin conexión a tiempo',
    'first-byte-timeout': 'no llegó nada a tiempo',
    'entry-timeout': 'no llegó ninguna imagen a tiempo',
    stalled: 'dejó de llegar',
    slow: 'llegaba demasiado despacio',
    scrambled: 'está cifrado',
    'no-video': 'sonido sin vídeo',
    other: 'falló',
  },
);

/** In the user's language; what relevod says of a failure is English, and tells more. */
export function useFailureText() {
  const t = useMessages(failures);
  return (failure: string) => t(failure in failures.en ? (failure as keyof typeof failures.en) : 'other');
}
