import { expect, test } from 'vitest';
import { parseRobots } from './robots.ts';

const RULES = `# ours
User-agent: other
User-agent: Millrace
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /a*z*end$
Crawl-delay: 2

User-agent: *
Disallow: /
`;

test.each([
  ['/', true],
  ['/private', false],
  ['/private/x', false],
  ['/private/open/x', true],
  ['/x.pdf', false],
  ['/x.pdf?y', true],
  ['/abzcend', false],
  ['/abzcende', true],
  ['/aend', true],
])('%s may be visited: %s', (path, isAllowed) => {
  expect(parseRobots(RULES, 'millrace').isAllowed(path)).toBe(isAllowed);
});

test('others are named by the star, pauses are asked for and have a limit', () => {
  expect(parseRobots(RULES, 'somebody').isAllowed('/')).toBe(false);
  expect(parseRobots(RULES, 'millrace').pauseMs).toBe(2000);
  expect(parseRobots('User-agent: *\nCrawl-delay: 9999', 'x').pauseMs).toBe(30_000);
});

test.each([[''], ['<html>no robots here</html>'], ['Disallow: /'], ['User-agent: *\nDisallow:']])(
  '%j forbids nothing',
  (text) => {
    expect(parseRobots(text, 'millrace').isAllowed('/x')).toBe(true);
  },
);

test('a pattern of many stars takes no time', () => {
  const rules = parseRobots(`User-agent: *\nDisallow: /${'*a'.repeat(500)}$`, 'x');
  expect(rules.isAllowed(`/${'a'.repeat(20_000)}b`)).toBe(true);
});
