// SPDX-License-Identifier: LGPL-2.1-or-later
// What may be answered otherwise after a change.

/** After one of channels: what they are called, where they are, which streams and guide they have. */
export const kOfChannels = ['/api/v1/channel', '/api/v1/guide-grid', '/api/v1/guide-reviews', '/api/v1/profiles', '/api/v1/streams'];
