import { expect, test } from 'vitest';
import { fitLinear, SingularError } from './linear.ts';
import { createRandom } from './random.ts';

test('finds the planted line under noise', () => {
  const random = createRandom(1);
  const rows = Array.from({ length: 2000 }, () => [random.normal(), random.normal()] as const);
  const y = rows.map(([a, b]) => 3 + 2 * a - 0.5 * b + 0.1 * random.normal());
  const { coefficients, r2, sigma } = fitLinear(rows, y);
  expect(coefficients.map((value) => Math.round(value * 100) / 100)).toEqual([3, 2, -0.5]);
  expect(r2).toBeGreaterThan(0.99);
  expect(sigma).toBeCloseTo(0.1, 1);
});

test('columns that say the same are refused, unless ridged', () => {
  const rows = [
    [1, 2],
    [2, 4],
    [3, 6],
  ];
  expect(() => fitLinear(rows, [1, 2, 3])).toThrow(SingularError);
  expect(fitLinear(rows, [1, 2, 3], 0.001).r2).toBeGreaterThan(0.99);
});
