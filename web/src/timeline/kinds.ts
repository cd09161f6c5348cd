// SPDX-License-Identifier: LGPL-2.1-or-later
// How each kind of event looks.
import {
  ArrowRightLeft,
  Ban,
  Bell,
  BellOff,
  CircleDot,
  CircleX,
  Hourglass,
  ImageOff,
  Image,
  KeyRound,
  Play,
  Power,
  RefreshCw,
  Search,
  Square,
  TriangleAlert,
  UserMinus,
  UserPlus,
  type LucideIcon,
} from 'lucide-react';

interface Look {
  icon: LucideIcon;
  color: string;
}

const kLooks: Record<string, Look> = {
  'session-opened': { icon: Play, color: 'cyan' },
  'session-closed': { icon: Square, color: 'gray' },
  'candidate-tried': { icon: Search, color: 'gray' },
  'candidate-failed': { icon: CircleX, color: 'red' },
  'slot-refused': { icon: Ban, color: 'orange' },
  'connection-awaited': { icon: Hourglass, color: 'orange' },
  switched: { icon: ArrowRightLeft, color: 'teal' },
  'all-failed': { icon: TriangleAlert, color: 'red' },
  'slate-shown': { icon: Image, color: 'orange' },
  'slate-hidden': { icon: ImageOff, color: 'teal' },
  'viewer-joined': { icon: UserPlus, color: 'blue' },
  'viewer-left': { icon: UserMinus, color: 'gray' },
  'viewer-redirected': { icon: UserPlus, color: 'blue' },
  'viewer-refused': { icon: Ban, color: 'orange' },
  refreshed: { icon: RefreshCw, color: 'blue' },
  'alert-raised': { icon: Bell, color: 'orange' },
  'alert-closed': { icon: BellOff, color: 'teal' },
  login: { icon: KeyRound, color: 'blue' },
  'login-failed': { icon: KeyRound, color: 'red' },
  refused: { icon: Ban, color: 'orange' },
  'daemon-started': { icon: Power, color: 'teal' },
  'daemon-ended': { icon: Power, color: 'gray' },
};

export function lookOf(kind: string): Look {
  return kLooks[kind] ?? { icon: CircleDot, color: 'gray' };
}
