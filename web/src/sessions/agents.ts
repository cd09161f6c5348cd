// SPDX-License-Identifier: LGPL-2.1-or-later
// What players call themselves, in few words.

const kBrowser = /Mozilla\/5\.0 .*?(Firefox|Edg|Chrome|Safari)\/(\d+)[^"]*/;

function shorten(whole: string, name: string, version: string) {
  return whole.startsWith('Mozilla/') ? `${name.replace('Edg', 'Edge')}/${version}` : whole;
}

/** "VLC/3.0.18" of "VLC/3.0.18 LibVLC/3.0.18"; of a browser which one it is. */
export function playerOf(agent: string) {
  return withShortAgents(agent).split(' ')[0] ?? '';
}

/** A sentence in which what browsers call themselves is short. */
export function withShortAgents(text: string) {
  return text.replace(kBrowser, shorten);
}
