import type { Dashboard } from '../api/overview.ts';

/** Something a person is to look at. */
export interface Attention {
  readonly key: string;
  readonly tone: 'failed' | 'waiting' | 'info';
  /** What it is about: a programme, a campaign. Empty when the words say it. */
  readonly about: string;
  readonly text: string;
  readonly fix?: string | undefined;
  /** Route that shows it. */
  readonly to: string;
}

/** What needs a person, the worst first: failed programmes, alerts of campaigns, then clashes. */
export function attentionOf(
  { programmes, campaigns, conflicts, handoffs }: Dashboard,
  overdueText: (count: number) => string,
): Attention[] {
  const troubles = programmes.flatMap(({ programme, status, problems }) =>
    problems.map(({ problem, fix }) => ({
      key: `${programme} ${problem}`,
      tone: status === 'failed' ? ('failed' as const) : ('waiting' as const),
      about: programme,
      text: problem,
      fix,
      to: 'marketing-programmes',
    })),
  );
  const alerts = campaigns.campaigns.flatMap(({ id, name, alerts: own }) =>
    (own ?? []).map((text) => ({
      key: `${id} ${text}`,
      tone: 'waiting' as const,
      about: name,
      text,
      to: 'marketing-campaigns',
    })),
  );
  const clashes = conflicts.slice(0, 3).map(({ id, resource, reason }) => ({
    key: id,
    tone: 'info' as const,
    about: '',
    text: `${resource}: ${reason}`,
    to: 'marketing-programmes',
  }));
  const overdue =
    handoffs.overdue === 0
      ? []
      : [
          {
            key: 'handoffs',
            tone: 'failed' as const,
            about: '',
            text: overdueText(handoffs.overdue),
            to: 'marketing-programmes',
          },
        ];
  return [
    ...troubles.filter(({ tone }) => tone === 'failed'),
    ...overdue,
    ...troubles.filter(({ tone }) => tone !== 'failed'),
    ...alerts,
    ...clashes,
  ];
}
