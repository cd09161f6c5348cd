// SPDX-License-Identifier: LGPL-2.1-or-later
// The words of the player.
import { defineMessages } from '../i18n';

export const messages = defineMessages(
  {
    play: 'Play',
    lost: 'This channel does not play now',
    again: 'Try again now',
    kind: 'How the stream comes',
    facts: 'Facts about the stream',
    mute: 'Sound off',
    unmute: 'Sound on',
    full: 'Whole screen',
    source: 'Source',
    picture: 'Picture',
    sound: 'Sound',
    rate: 'Bit rate',
    buffer: 'Buffer',
    dropped: 'Lost pictures',
  },
  {
    play: 'Reproducir',
    lost: 'Este canal no se reproduce ahora',
    again: 'Intentar ahora',
    kind: 'Cómo llega el flujo',
    facts: 'Datos del flujo',
    mute: 'Sin sonido',
    unmute: 'Con sonido',
    full: 'Pantalla completa',
    source: 'Fuente',
    picture: 'Imagen',
    sound: 'Sonido',
    rate: 'Tasa de bits',
    buffer: 'Búfer',
    dropped: 'Imágenes perdidas',
  },
);
