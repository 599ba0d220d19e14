import { describe, expect, test } from 'vitest';
import { parseDeadline } from './parse-deadline.ts';
import { parseDigest } from './parse-digest.ts';

/** 1 July 2026, 12:00 UTC: summer in New York. */
const RECEIVED = Date.UTC(2026, 6, 1, 12);
const parse = (text: string, html = '') =>
  parseDigest({ text, html, receivedAt: RECEIVED, zone: 'America/New_York' });

const haro = (index: number) => `${index}) Summary: How to store coffee ${index}

Name: Ann Reporter ${index}

Category: Lifestyle and Fitness

Email: query-a${index}b@helpareporter.net

Media Outlet: Coffee Weekly (https://coffee.example)

Deadline: 7:00 PM EST - 8 July

Query:

How should coffee number ${index} be stored?
Name: three mistakes people make.

Requirements:

Roasters only, please.

Back to Top Back to Category Index
-----------------------------------`;

describe('a classic digest', () => {
  test('gives every part of a query', () => {
    expect(parse(haro(1))).toEqual({
      problems: [],
      queries: [
        {
          summary: 'How to store coffee 1',
          journalist: 'Ann Reporter 1',
          category: 'Lifestyle and Fitness',
          email: 'query-a1b@helpareporter.net',
          url: null,
          outlet: 'Coffee Weekly',
          deadline: Date.UTC(2026, 6, 8, 23),
          query: 'How should coffee number 1 be stored?\nName: three mistakes people make.',
          requirements: 'Roasters only, please.',
          doubts: [],
        },
      ],
    });
  });

  test('of 120 queries is read whole; its table of contents is no query', () => {
    const index = Array.from({ length: 120 }, (_, at) => `${at + 1}) How to store coffee (Daily)`);
    const bodies = Array.from({ length: 120 }, (_, at) => haro(at + 1));
    const mail = ['********** INDEX ***********', ...index, '*'.repeat(30), ...bodies].join('\n');
    const { queries, problems } = parse(`${mail}\nUnsubscribe: https://x.example\nName: nobody`);
    expect(problems).toEqual([]);
    expect(queries).toHaveLength(120);
    expect(new Set(queries.map(({ email }) => email)).size).toBe(120);
    expect(queries.every(({ requirements }) => requirements === 'Roasters only, please.')).toBe(
      true,
    );
  });

  test('that was forwarded, with quotes and Windows line ends, is read the same', () => {
    const quoted = haro(1)
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\r\n');
    expect(parse(quoted)).toEqual(parse(haro(1)));
  });
});

describe('other layouts', () => {
  test('with bold labels, the title above and the question without a label', () => {
    const { queries, problems } = parse(`
**Looking for gardeners who grow herbs indoors**
**Publication:** Green Home
**Category:** Garden
**Deadline:** July 9, 2026 at 5pm PT
**Reply to:** reply-77@sourceofsources.com

We need two tips for basil.
And one for mint.

=====================

**Experts on home batteries**
**Publication:** Power Times
**Deadline:** 10 July 2026 12:00 GMT
**Reply to:** reply-78@sourceofsources.com

What do they cost?`);
    expect(problems).toEqual([]);
    expect(queries).toMatchObject([
      {
        summary: 'Looking for gardeners who grow herbs indoors',
        outlet: 'Green Home',
        query: 'We need two tips for basil.\nAnd one for mint.',
        deadline: Date.UTC(2026, 6, 10, 0),
      },
      { summary: 'Experts on home batteries', deadline: Date.UTC(2026, 6, 10, 12) },
    ]);
  });

  test('in HTML only: tables, links and addresses behind words', () => {
    const row = (
      id: number,
    ) => `<table><tr><td><b>Request:</b></td><td>Tell us about tea ${id}</td></tr>
      <tr><td>Journalist:</td><td>Bo&nbsp;Writer</td></tr>
      <tr><td>Media outlet:</td><td><a href="https://tea.example">Tea &amp; Time</a></td></tr>
      <tr><td>Deadline:</td><td>2026-07-08T18:00:00+02:00</td></tr>
      <tr><td>Email:</td><td><a href="mailto:q${id}@qwoted.com?subject=Tea">Answer</a></td></tr></table><hr>`;
    const html = `<html><head><style>p { color: red }</style></head><body>${row(1)}${row(2)}</body></html>`;
    const { queries, problems } = parse('Your mail program shows no HTML', html);
    expect(problems).toEqual([]);
    expect(queries).toMatchObject(
      [1, 2].map((id) => ({
        summary: `Tell us about tea ${id}`,
        journalist: 'Bo Writer',
        outlet: expect.stringContaining('Tea & Time'),
        email: `q${id}@qwoted.com`,
        deadline: Date.UTC(2026, 6, 8, 16),
      })),
    );
  });

  test('with a page to answer on instead of an address', () => {
    const { queries } = parse(
      'Title: Hotel managers wanted\nOutlet: Travel\nDeadline: 8 July 2026\nPitch: https://app.qwoted.com/r/12 now',
    );
    expect(queries).toMatchObject([
      { email: '', url: 'https://app.qwoted.com/r/12', query: 'Hotel managers wanted' },
    ]);
    expect(queries[0]?.doubts).toEqual([
      'The deadline names no time zone; America/New_York was taken',
    ]);
  });
});

describe('malformed mail', () => {
  test('a query without an address is a problem, and none is made up', () => {
    const broken = haro(1).replace(/Email: .*/, 'Email: ann at helpareporter dot net');
    const { queries, problems } = parse(`${broken}\n${haro(2)}`);
    expect(queries.map(({ email }) => email)).toEqual(['query-a2b@helpareporter.net']);
    expect(problems).toEqual([
      'Query 1: "How to store coffee 1" has no address to answer to: "ann at helpareporter dot net" is none',
    ]);
  });

  test('without separators the next summary begins the next query', () => {
    const two = `${haro(1)}\n${haro(2)}`.replaceAll(/^(Back to|-{5,}).*$/gm, '');
    expect(parse(two).queries.map(({ summary }) => summary)).toEqual([
      'How to store coffee 1',
      'How to store coffee 2',
    ]);
  });

  test.each([
    ['nothing', ''],
    ['a newsletter', 'Hello!\n\nRead our news: https://news.example\nDeadline: none'],
    ['cut off in the middle', 'Summary: Hello\nName: Ann\nEma'],
    ['only labels', 'Summary:\nEmail:\nDeadline:'],
  ])('%s gives no query', (_, text) => {
    expect(parse(text).queries).toEqual([]);
  });

  test('a deadline nobody can read is no deadline, and is doubted', () => {
    const { queries } = parse(haro(1).replace(/Deadline: .*/, 'Deadline: as soon as possible'));
    expect(queries).toMatchObject([
      { deadline: null, doubts: ['The deadline "as soon as possible" cannot be read for sure'] },
    ]);
  });

  test('a huge mail is read up to its limit, line monsters too', () => {
    const { queries } = parse(
      `${Array.from({ length: 12_000 }, (_, at) => haro(at)).join('\n')}\n${' a'.repeat(2_000_000)}:`,
    );
    expect(queries.length).toBeGreaterThan(10_000);
    expect(
      parse(`Summary: x\nEmail: a@b.example\nQuery: ${'word '.repeat(100_000)}`).queries[0]?.query,
    ).toHaveLength(20_000);
    expect(
      parse(`${'*_# '.repeat(200_000)}\n${'a'.repeat(500_000)}@${'b.'.repeat(200_000)}`).queries,
    ).toEqual([]);
  });
});

describe('a deadline', () => {
  const at = (text: string, received = RECEIVED) => {
    const read = parseDeadline(text, received, 'Europe/Berlin');
    return (
      read && `${new Date(read.at).toISOString().slice(0, 16)}${read.isZoneGuessed ? '?' : ''}`
    );
  };

  test.each([
    ['7:00 PM EST - 8 July', '2026-07-08T23:00'],
    ['7:00 PM EST - 8 December', '2026-12-09T00:00'],
    ['July 8, 2026 at 5pm PT', '2026-07-09T00:00'],
    ['Wednesday, 8th of July 2026, 5 p.m. Eastern', '2026-07-08T21:00'],
    ['8 July 2026 12 noon BST', '2026-07-08T11:00'],
    ['2026-07-08 17:30 UTC', '2026-07-08T17:30'],
    ['2026-07-08T17:30:00Z', '2026-07-08T17:30'],
    ['8 July 2026 17:30', '2026-07-08T15:30?'],
    ['8 July', '2026-07-08T21:59?'],
    ['13/07/2026 5pm AEST', '2026-07-13T07:00'],
    ['07/13/2026 5pm ET', '2026-07-13T21:00'],
    ['12:00 AM ET - 9 July', '2026-07-09T04:00'],
    ['07/08/2026', undefined],
    ['31 June', undefined],
    ['25:00 8 July', undefined],
    ['13:00 pm 8 July', undefined],
    ['tomorrow', undefined],
    ['', undefined],
  ])('%j is %s', (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  test('in January, in a mail of December, is next year', () => {
    expect(at('2 January 9:00 UTC', Date.UTC(2026, 11, 30))).toBe('2027-01-02T09:00');
    expect(at('30 December 9:00 UTC', Date.UTC(2027, 0, 2))).toBe('2027-12-30T09:00');
  });
});
