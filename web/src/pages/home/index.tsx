// SPDX-License-Identifier: LGPL-2.1-or-later
// Home: what plays, and what needs a person.
import { PageHead } from '../../ui/PageHead';

export default function Home() {
  return <PageHead title="Relevo" />;
}
