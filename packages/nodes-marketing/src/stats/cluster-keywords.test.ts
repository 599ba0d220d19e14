import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterKeywords } from './cluster-keywords.ts';

const topics = [
  'running shoes',
  'coffee grinder',
  'garden hose',
  'tax return software',
  'yoga mat',
];
const shapes = ['%s', 'best %s', '%s review', '%s reviews', 'the best %s'];

/** Each topic written in several ways: the clusters are known. */
const planted = topics.flatMap((topic, at) =>
  shapes.map((shape, way) => ({
    text: shape.replace('%s', topic),
    volume: 1000 - at * 100 - way,
    topic,
  })),
);

test('finds the planted topics and mixes none', () => {
  const clusters = clusterKeywords(planted);
  for (const { members } of clusters) {
    expect(new Set(members.map((member) => planted[member]?.topic)).size).toBe(1);
  }
  expect(clusters.filter(({ members }) => members.length >= 3)).toHaveLength(topics.length);
});

test('the seed has the most volume of its cluster', () => {
  for (const { seed, members } of clusterKeywords(planted)) {
    const volumes = members.map((member) => planted[member]?.volume ?? 0);
    expect(planted[seed]?.volume).toBe(Math.max(...volumes));
  }
});

test('every keyword is in exactly one cluster, also odd ones', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ text: fc.string(), volume: fc.nat() })), (keywords) => {
      const members = clusterKeywords(keywords).flatMap((cluster) => cluster.members);
      expect(members.toSorted((a, b) => a - b)).toEqual([...keywords.keys()]);
    }),
  );
});
