import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import type { Outcome } from '../predict/predictor.ts';
import { chooseChannel, type ChannelEvidence } from './channel-preference.ts';
import { checkCaps, type CapRule, type SentMessage } from './frequency-cap.ts';
import { compareGroups, funnelOf } from './funnel.ts';
import { findLeaks, trainLeadModel } from './lead-model.ts';
import { scoreByRules } from './rule-score.ts';
import { timeInStage } from './time-in-stage.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('funnel', () => {
  const event = (who: string, name: string, day: number) => ({ who, name, at: day * DAY_MS });
  const steps = ['visit', 'trial', 'buy'];

  test('counts ordered steps within the window only', () => {
    const events = [
      event('a', 'visit', 0),
      event('a', 'trial', 1),
      event('a', 'read', 2),
      event('a', 'buy', 3),
      event('b', 'visit', 0),
      event('b', 'buy', 1),
      event('b', 'trial', 2),
      event('c', 'visit', 0),
      event('c', 'trial', 20),
      event('d', 'trial', 0),
    ];
    const [visit, trial, buy] = funnelOf(events, steps);
    expect(visit).toEqual({ name: 'visit', reached: 3 });
    expect(trial).toMatchObject({ reached: 2, conversion: 2 / 3 });
    expect(buy).toMatchObject({ reached: 1, conversion: 0.5, dropOff: 0.5 });
    expect(buy?.interval?.low).toBeGreaterThan(0);
  });

  test('nobody is nobody', () => {
    expect(funnelOf([], steps).map(({ reached }) => reached)).toEqual([0, 0, 0]);
  });

  test('χ² tells groups apart, and not where nothing differs', () => {
    const groups = (b: number) => [
      { trials: 500, successes: 100 },
      { trials: 500, successes: b },
    ];
    expect(compareGroups(groups(150)).p).toBeLessThan(0.001);
    expect(compareGroups(groups(102)).p).toBeGreaterThan(0.5);
    expect(compareGroups([{ trials: 0, successes: 0 }]).p).toBe(1);
  });
});

describe('time in stage', () => {
  test('is the textbook Kaplan–Meier', () => {
    // Freireich's remission times of 6-mercaptopurine, 1963; open ones are censored.
    const over = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    const open = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
    const { curve, median, p90 } = timeInStage([
      ...over.map((duration) => ({ duration, isOver: true })),
      ...open.map((duration) => ({ duration, isOver: false })),
    ]);
    expect(curve.map(({ remaining }) => Number(remaining.toFixed(3)))).toEqual([
      0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448,
    ]);
    expect(median).toBe(23);
    expect(p90).toBeUndefined();
  });

  test('finds the median of long stays that only some have ended', () => {
    const random = createRandom(4);
    const stays = Array.from({ length: 3000 }, () => {
      const duration = -Math.log(1 - random.next()) * 10;
      const watched = 15 * random.next();
      return { duration: Math.min(duration, watched), isOver: duration <= watched };
    });
    expect(timeInStage(stays).median).toBeCloseTo(10 * Math.LN2, 0);
  });
});

describe('score by rules', () => {
  test('points fade, the profile stays, later events wait', () => {
    const { score, parts } = scoreByRules(
      {
        events: [
          { name: 'visit', at: 0 },
          { name: 'visit', at: 10 * DAY_MS },
          { name: 'visit', at: 99 * DAY_MS },
        ],
        profile: { country: 'CA' },
      },
      {
        events: [{ event: 'visit', points: 8, halfLifeDays: 10 }],
        profile: [{ name: 'from Canada', points: 5, holds: ({ country }) => country === 'CA' }],
      },
      10 * DAY_MS,
    );
    expect(score).toBeCloseTo(8 + 4 + 5, 10);
    expect(parts.map(({ rule }) => rule)).toEqual(['visit', 'from Canada']);
  });
});

/** Leads who convert more when they visit often and come from a search; `status` is written afterwards. */
function leads(count: number): Outcome[] {
  const random = createRandom(9);
  return Array.from({ length: count }, (_, at) => {
    const visits = random.below(20);
    const source = random.next() < 0.5 ? 'search' : 'fair';
    const odds = -3 + 0.2 * visits + (source === 'search' ? 1.2 : 0);
    const isPositive = random.next() < 1 / (1 + Math.exp(-odds));
    const status = isPositive ? 'Closed' : random.next() < 0.5 ? 'Ringing' : null;
    return { facts: { visits, source, shoe: random.below(9), status }, isPositive, at };
  });
}

describe('lead model', () => {
  test('learns what speaks for a lead, and leaves out what was written afterwards', () => {
    const all = leads(3000);
    const model = trainLeadModel(all);
    expect(model.warnings.map(({ fact }) => fact)).toEqual(['status']);
    expect(model.report).toMatchObject({ isDeployable: true });
    const [good, bad] = [
      { visits: 18, source: 'search', shoe: 3, status: null },
      { visits: 1, source: 'fair', shoe: 3, status: null },
    ];
    expect(model.score(good)).toBeGreaterThan(85);
    expect(model.score(bad)).toBeLessThan(20);
    expect(model.explain(good)[0]?.name).toBe('visits');
    const late = all.slice(2400);
    const expected = late.reduce((sum, { facts }) => sum + model.predict(facts), 0) / late.length;
    const seen = late.filter(({ isPositive }) => isPositive).length / late.length;
    expect(expected).toBeCloseTo(seen, 1);
  });

  test('warns of a fact that is known only of winners', () => {
    const all = leads(500).map((lead) => ({
      ...lead,
      facts: { ...lead.facts, invoice: lead.isPositive ? lead.at : null },
    }));
    expect(findLeaks(all).map(({ fact }) => fact)).toEqual(['status', 'invoice']);
  });

  test('a fact that is the same for everybody, or tells nothing, is no trace', () => {
    const all = leads(500).map((lead) => ({
      ...lead,
      facts: { newspaper: 'No', wave: `${lead.at % 40}` },
    }));
    expect(findLeaks(all)).toEqual([]);
  });

  test('an id that nobody shares is no trace', () => {
    const all = leads(500).map((lead) => ({ ...lead, facts: { id: `n${lead.at}` } }));
    expect(findLeaks(all)).toEqual([]);
  });
});

describe('frequency cap', () => {
  const mail = (at: number, more: Partial<SentMessage> = {}): SentMessage => ({
    at,
    channel: 'email',
    tags: [],
    isTransactional: false,
    ...more,
  });
  const weekly: CapRule = { id: 'weekly', most: 3, windowMs: 7 * DAY_MS };

  test('the next time is when the third but last leaves the window', () => {
    const sent = [0, 1, 2, 3].map((day) => mail(day * DAY_MS));
    expect(checkCaps(mail(4 * DAY_MS), sent, [weekly])).toEqual({
      isAllowed: false,
      rule: 'weekly',
      nextAt: 8 * DAY_MS,
    });
    expect(checkCaps(mail(8 * DAY_MS), sent, [weekly])).toEqual({ isAllowed: true });
  });

  test('each channel counts its own, and receipts are free and not counted', () => {
    const rules = [{ ...weekly, channel: 'email', most: 1 }];
    expect(checkCaps(mail(DAY_MS, { channel: 'sms' }), [mail(0)], rules).isAllowed).toBe(true);
    expect(checkCaps(mail(DAY_MS, { isTransactional: true }), [mail(0)], rules).isAllowed).toBe(
      true,
    );
    const receipt = mail(0, { isTransactional: true });
    expect(checkCaps(mail(DAY_MS), [receipt], rules).isAllowed).toBe(true);
  });

  test('0 blocks, no rule does not', () => {
    const none = checkCaps(mail(0), [], [{ ...weekly, most: 0 }]);
    expect(none).toEqual({ isAllowed: false, rule: 'weekly', nextAt: undefined });
    expect(checkCaps(mail(0), [mail(0)], [])).toEqual({ isAllowed: true });
  });
});

describe('channel', () => {
  const evidence = (channel: string, more: Partial<ChannelEvidence> = {}): ChannelEvidence => ({
    channel,
    segmentRate: 0.2,
    events: [],
    isAvailable: true,
    isRefused: false,
    ...more,
  });
  const often = (all: readonly ChannelEvidence[]) => {
    const chosen = Array.from({ length: 300 }, (_, seed) => chooseChannel(all, seed).channel);
    return (channel: string) => chosen.filter((each) => each === channel).length / 300;
  };

  test('what was answered lately is chosen mostly, not always', () => {
    const replies = Array.from({ length: 2 }, () => ({ kind: 'reply' as const, ageDays: 1 }));
    const share = often([evidence('email'), evidence('sms', { events: replies })]);
    expect(share('sms')).toBeGreaterThan(0.75);
    expect(share('email')).toBeGreaterThan(0);
  });

  test('machine opens count nothing and old answers little', () => {
    const old = evidence('email', { events: [{ kind: 'reply', ageDays: 300 }] });
    const machine = evidence('email', { events: [{ kind: 'machineOpen', ageDays: 0 }] });
    expect(chooseChannel([machine], 1).rates['email']).toBeCloseTo(0.2, 6);
    expect(chooseChannel([old], 1).rates['email']).toBeCloseTo(0.2, 2);
  });

  test('a channel that was refused or may not be used never is', () => {
    const all = [evidence('email', { isRefused: true }), evidence('sms', { isAvailable: false })];
    expect(chooseChannel(all, 1)).toEqual({ channel: undefined, rates: {} });
  });
});
