import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { allocateBudget, fitResponse } from './budget.ts';
import { learnCampaigns, logReturn, type CampaignMemory } from './memory.ts';
import { findPatterns } from './patterns.ts';
import { kpiTargets, predict, recommendCampaigns } from './recommend.ts';
import { consolidateRoi } from './roi.ts';

const TRUE_MEANS = { 'leads/email': 1.2, 'leads/ads': 0.1, 'sales/email': 0.6, 'sales/ads': -0.4 };
const NOISE = 0.5;

/** Campaigns around planted means; the last kind has three of them only. */
function plant(seed: number): CampaignMemory[] {
  const random = createRandom(seed);
  return Object.entries(TRUE_MEANS).flatMap(([path, mean]) =>
    Array.from({ length: path === 'sales/ads' ? 3 : 60 }, (_, index) => ({
      id: `${path}-${index}`,
      path: path.split('/'),
      roi: Math.exp(mean + NOISE * random.normal()) - 1,
    })),
  );
}

describe('campaign memory', () => {
  const model = learnCampaigns(plant(1));

  test('finds the planted means and spread', () => {
    expect(model.belief(['leads', 'email']).mean).toBeCloseTo(1.2, 0);
    expect(model.belief(['leads', 'ads']).mean).toBeCloseTo(0.1, 0);
    expect(model.sigma).toBeCloseTo(NOISE, 1);
  });

  test('knows little of what it saw little of', () => {
    const [rare, common] = [model.belief(['sales', 'ads']), model.belief(['sales', 'email'])];
    expect(rare.count).toBe(3);
    expect(rare.sd).toBeGreaterThan(2 * common.sd);
  });

  test('a kind never seen stands where its nearest known kind stands, with more doubt', () => {
    const [parent, unseen] = [model.belief(['leads']), model.belief(['leads', 'radio'])];
    expect(unseen.mean).toBe(parent.mean);
    expect(unseen.sd).toBeGreaterThan(parent.sd);
  });

  test('shrunk means are nearer to the truth than plain ones when kinds are small', () => {
    const random = createRandom(9);
    let [shrunk, plain] = [0, 0];
    const truth = Array.from({ length: 60 }, () => 0.3 * random.normal());
    const memories = truth.flatMap((mean, kind) =>
      Array.from({ length: 4 }, (_, index) => ({
        id: `${kind}-${index}`,
        path: [`kind ${kind}`],
        roi: Math.exp(mean + random.normal()) - 1,
      })),
    );
    const learned = learnCampaigns(memories);
    truth.forEach((mean, kind) => {
      const own = memories.filter(({ path }) => path[0] === `kind ${kind}`);
      const average = own.reduce((sum, { roi }) => sum + logReturn(roi), 0) / own.length;
      plain += (average - mean) ** 2;
      shrunk += (learned.belief([`kind ${kind}`]).mean - mean) ** 2;
    });
    expect(shrunk).toBeLessThan(plain * 0.7);
  });

  test('without memories nothing is believed to return anything', () => {
    const empty = learnCampaigns([]);
    expect(empty.segments).toEqual([]);
    expect(empty.belief([]).mean).toBe(0);
  });

  test('predicted intervals hold four of five new campaigns', () => {
    const fresh = plant(2).filter(({ path }) => path.join('/') !== 'sales/ads');
    const held = fresh.filter(({ path, roi }) => {
      const { low, high } = predict(model, path).interval;
      return roi >= low && roi <= high;
    });
    expect(held.length / fresh.length).toBeGreaterThan(0.72);
    expect(held.length / fresh.length).toBeLessThan(0.9);
  });

  test('recommends the planted best, with its evidence, the same for the same seed', () => {
    const options = { count: 2, seed: 3 };
    const [first] = recommendCampaigns(model, plant(1), options);
    expect(first).toMatchObject({ path: ['leads', 'email'], seen: 60 });
    expect(first?.evidence.every((id) => id.startsWith('leads/email'))).toBe(true);
    expect(recommendCampaigns(model, plant(1), options)).toEqual(
      recommendCampaigns(model, plant(1), options),
    );
  });

  test('only allowed kinds are recommended', () => {
    const found = recommendCampaigns(model, [], {
      count: 9,
      seed: 1,
      isAllowed: ([, channel]) => channel === 'ads',
    });
    expect(found.map(({ path }) => path[1])).toEqual(['ads', 'ads']);
  });

  test('targets: half pass the committed one, a fifth the stretch', () => {
    const targets = kpiTargets(model, ['leads', 'email']);
    const rois = plant(4)
      .filter(({ path }) => path.join('/') === 'leads/email')
      .map(({ roi }) => roi);
    const passed = (target: number) => rois.filter((roi) => roi >= target).length / rois.length;
    expect(Math.abs(passed(targets.commit) - 0.5)).toBeLessThan(0.2);
    expect(Math.abs(passed(targets.stretch) - 0.2)).toBeLessThan(0.15);
    expect(kpiTargets(model, ['sales', 'ads'], 30).isFeasible).toBe(false);
  });
});

describe('patterns', () => {
  function campaigns(seed: number) {
    const random = createRandom(seed);
    return Array.from({ length: 600 }, () => {
      const tone = random.next() < 0.5 ? 'warm' : 'plain';
      const colour = random.next() < 0.5 ? 'blue' : 'red';
      const day = random.next() < 0.3 ? 'Friday' : 'Tuesday';
      const gain = (tone === 'warm' ? 0.8 : 0) - (day === 'Friday' ? 1 : 0);
      return { attributes: { tone, colour, day }, roi: gain + random.normal() };
    });
  }

  test('always finds what was planted, and hardly ever anything else', () => {
    const found = Array.from({ length: 40 }, (_, seed) => findPatterns(campaigns(seed)));
    for (const { success, failure } of found) {
      expect(success.map(({ value }) => value)).toEqual(
        expect.arrayContaining(['warm', 'Tuesday']),
      );
      expect(failure.map(({ value }) => value)).toEqual(
        expect.arrayContaining(['plain', 'Friday']),
      );
    }
    const all = found.flatMap(({ success, failure }) => [...success, ...failure]);
    const wrong = all.filter(({ attribute }) => attribute === 'colour');
    expect(wrong.length / all.length).toBeLessThan(0.1);
  });

  test('too little support is no pattern', () => {
    expect(findPatterns(campaigns(1).slice(0, 15))).toEqual({ success: [], failure: [] });
  });
});

describe('budget', () => {
  const history = (channel: string, scale: number, exponent: number) => ({
    channel,
    periods: [10, 50, 100, 200, 400, 800, 1600, 3000].map((spend) => ({
      spend,
      result: scale * spend ** exponent,
    })),
  });
  const curves = [fitResponse(history('search', 3, 0.6)), fitResponse(history('social', 1, 0.6))];

  test('finds the planted curve, drawn a little towards the usual one', () => {
    expect(curves[0]?.exponent).toBeGreaterThan(0.6);
    expect(curves[0]?.exponent).toBeLessThan(0.66);
  });

  test('spends all of it, equally well at the margin, more where more comes back', () => {
    const [search, social] = allocateBudget(curves, { budget: 1000, floor: 0 });
    expect((search?.spend ?? 0) + (social?.spend ?? 0)).toBeCloseTo(1000, 6);
    expect((search?.marginal ?? 0) / (social?.marginal ?? 1)).toBeCloseTo(1, 4);
    expect(search?.spend).toBeGreaterThan(social?.spend ?? 0);
  });

  test('no division by hand does better', () => {
    const best = allocateBudget(curves, { budget: 1000, floor: 0 }).reduce(
      (sum, { expectedResult }) => sum + expectedResult,
      0,
    );
    for (let share = 0.05; share < 1; share += 0.05) {
      const result = curves.reduce((sum, { scale, exponent }, index) => {
        const spend = 1000 * (index === 0 ? share : 1 - share);
        return sum + scale * spend ** exponent;
      }, 0);
      expect(result).toBeLessThanOrEqual(best + 1e-6);
    }
  });

  test('keeps the floor, and moves no channel by more than a fifth', () => {
    const dead = fitResponse({ channel: 'dead', periods: [{ spend: 10, result: 0 }] });
    const floored = allocateBudget([...curves, dead], { budget: 900 });
    expect(floored.find(({ channel }) => channel === 'dead')?.spend).toBeCloseTo(45, 3);
    const moved = allocateBudget(curves, { budget: 1000, previous: { search: 500, social: 500 } });
    expect(moved.map(({ spend }) => Math.round(spend))).toEqual([600, 400]);
  });

  test('nothing to spend, nothing spent', () => {
    expect(allocateBudget(curves, { budget: 0 }).map(({ spend }) => spend)).toEqual([0, 0]);
    expect(allocateBudget([], { budget: 10 })).toEqual([]);
  });
});

test('a portfolio returns by its sums', () => {
  expect(
    consolidateRoi([
      { cost: 10, value: 40 },
      { cost: 90, value: 60 },
    ]).roi,
  ).toBe(0);
  expect(consolidateRoi([]).roi).toBeUndefined();
});
