// SPDX-License-Identifier: LGPL-2.1-or-later
// A text for a camera.
import { useMemo } from 'react';
import { encode } from 'uqr';

/** Modules of light around it, as cameras want them. */
const kBorder = 4;

interface Props {
  text: string;
  label: string;
  /** In pixels. */
  size: number;
}

export function QrCode({ text, label, size }: Props) {
  const { path, modules } = useMemo(() => {
    const code = encode(text, { ecc: 'M', border: kBorder });
    const dark = code.data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : '')));
    return { path: dark.join(''), modules: code.size };
  }, [text]);
  // Dark on light in the dark, too: many cameras read nothing else.
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${modules} ${modules}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      style={{ borderRadius: 8, maxWidth: '100%', height: 'auto' }}
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
