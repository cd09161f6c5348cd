// SPDX-License-Identifier: LGPL-2.1-or-later
// A new account, from its address to channels.
import { Button, Card, Group, Stack, Stepper, Text, Title } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useMessages } from '../../i18n';
import { PageHead } from '../../ui/PageHead';
import { GroupsStep } from './GroupsStep';
import { messages } from './messages';
import { ReadStep } from './ReadStep';
import { SourceStep, useSource } from './SourceStep';

const kSource = 0;
const kRead = 1;
const kGroups = 2;
const kDone = 3;

export default function Wizard() {
  const t = useMessages(messages);
  const [step, setStep] = useState(kSource);
  const [account, setAccount] = useState<number | null>(null);
  const source = useSource();
  const [made, setMade] = useState(0);
  return (
    <>
      <PageHead title={t('wizard')} />
      <Card withBorder maw={760}>
        <Stepper active={step} size="sm" allowNextStepsSelect={false}>
          <Stepper.Step label={t('source')} allowStepSelect={false} />
          <Stepper.Step label={t('read')} allowStepSelect={false} />
          <Stepper.Step label={t('groups')} allowStepSelect={false} />
        </Stepper>
        <Stack mt="lg">
          {step === kSource && (
            <SourceStep source={source} account={account} onMade={setAccount} onSaved={() => setStep(kRead)} />
          )}
          {step === kRead && <ReadStep account={account!} onBack={() => setStep(kSource)} onRead={() => setStep(kGroups)} />}
          {step === kGroups && (
            <GroupsStep
              account={account!}
              onMade={(channels) => {
                setMade(channels);
                setStep(kDone);
              }}
            />
          )}
          {step === kDone && (
            <Stack align="center" py="md">
              <CircleCheck size={44} color="var(--mantine-color-teal-6)" />
              <Title order={2} size="h4">
                {made > 0 ? t('made', { n: made }) : t('done')}
              </Title>
              {made > 0 && (
                <Text size="sm" c="dimmed">
                  {t('madeHelp')}
                </Text>
              )}
              <Group>
                <Button variant="default" component={Link} href={`/accounts/${account}`}>
                  {t('toAccount')}
                </Button>
                <Button component={Link} href="/channels">
                  {t('toChannels')}
                </Button>
              </Group>
            </Stack>
          )}
        </Stack>
      </Card>
    </>
  );
}
