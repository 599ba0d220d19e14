import { describe, expect, test } from 'vitest';
import { checkPiece, fingerprintOf, type PieceDraft } from './check-piece.ts';
import { bodyHtml, pageHtml } from './page-html.ts';

const words = 'A good grinder makes good coffee. It cuts the beans into even parts. ';
const draft = (body: string): PieceDraft => ({
  title: 'What a coffee grinder does',
  description:
    'What a coffee grinder does, how it works, what to look for when you buy one, what it costs, and how to keep it clean for years of use.',
  url: 'https://me.com/coffee-grinder',
  body,
  keyword: 'coffee grinder',
  terms: ['coffee grinder'],
  words: 60,
  schemaType: 'Article',
});
const whole = [
  '# The coffee grinder',
  'A coffee grinder cuts beans into even parts. That is all it does, and it does it well.',
  '## Which coffee grinder suits you',
  'A small one is slow and quiet. A large one is fast and loud. Look at the burrs first, then at the price.',
  'Read on: [beans](/beans), [filters](/filters) and [cups](/cups). Our source is [a test](https://test.org/x).',
  '## Keep it clean',
  'Brush it once a week. Never use water. Old oil spoils the taste of new beans within days.',
].join('\n\n');

describe('a piece', () => {
  test('that is easy, new and ready to be found is approved', () => {
    const quality = checkPiece(draft(whole), []);
    expect(quality.verdict).toBe('approve');
    expect(quality.scores.uniqueness).toBe(1);
    expect(quality.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  test('taken from our own library goes to a person, with the piece it was taken from', () => {
    const known = { id: '1', title: 'The old one', body: whole, fingerprint: null };
    const { verdict, problems } = checkPiece(draft(whole), [known]);
    expect(verdict).toBe('review');
    expect(problems[0]).toMatch(/stands in “The old one”$/);
  });

  test('is known again by its fingerprint alone', () => {
    const text = checkPiece(draft(whole), []).fingerprint;
    const known = { id: '1', title: 'Old', body: '', fingerprint: text };
    expect(checkPiece(draft(whole), [known]).scores.uniqueness).toBe(0);
    expect(fingerprintOf(words)).not.toBe(text);
  });

  test('that is too short is not approved, however good its words', () => {
    const { verdict } = checkPiece({ ...draft(whole), words: 1000 }, []);
    expect(verdict).toBe('fix');
  });

  test('without words goes to a person', () => {
    expect(checkPiece(draft(''), []).verdict).toBe('review');
  });
});

describe('a page', () => {
  test('has headings, lists, links and escaped text', () => {
    expect(bodyHtml('# A & B\n\n- one\n- **two**\n\nSee [it](https://a.org) <b>')).toBe(
      '<h1>A &amp; B</h1>\n<ul><li>one</li><li><strong>two</strong></li></ul>\n' +
        '<p>See <a href="https://a.org">it</a> &lt;b&gt;</p>',
    );
  });

  test('has no link that runs code, and no end of its script', () => {
    expect(bodyHtml('[x](javascript:alert(1))')).not.toContain('<a ');
    const html = pageHtml({ ...draft(''), title: '</script><script>x' });
    expect(html.match(/<\/script>/g)).toHaveLength(1);
  });
});
