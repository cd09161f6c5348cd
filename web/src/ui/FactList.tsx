// SPDX-License-Identifier: LGPL-2.1-or-later
// Facts, each with its name; what is "" is not told.
import type { ReactNode } from 'react';
import classes from './FactList.module.css';

export type Fact = readonly [name: string, value: ReactNode];

export function FactList({ facts }: { facts: readonly Fact[] }) {
  const told = facts.filter(([, value]) => value !== '');
  return (
    <dl className={classes.facts}>
      {told.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
