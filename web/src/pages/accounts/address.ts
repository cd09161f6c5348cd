// SPDX-License-Identifier: LGPL-2.1-or-later
// What a pasted address tells.

/** The panel behind the address of a panel's playlist: http://host/get.php?username=…&password=… */
export function panelOf(address: string) {
  try {
    const url = new URL(address.trim());
    const username = url.searchParams.get('username');
    const password = url.searchParams.get('password');
    if (!/\/(get|player_api|xmltv)\.php$/.test(url.pathname) || !username || !password) return null;
    return { location: url.origin + url.pathname.replace(/\/[^/]*$/, ''), username, password };
  } catch {
    return null;
  }
}

/** "provider" of http://tv.provider.example:8080/list.m3u */
export function nameOf(address: string) {
  try {
    const { hostname } = new URL(address.trim());
    if (/^[\d.:[\]]+$/.test(hostname)) return hostname;
    const parts = hostname.split('.');
    const name = parts[Math.max(0, parts.length - 2)] ?? '';
    return name.charAt(0).toUpperCase() + name.slice(1);
  } catch {
    return '';
  }
}
