import { c, defineTable } from '@millrace/workflow/node-api';

/**
 * Fingerprints of what went out, to know copies again. A text's 64 bits stand in four parts too: two
 * fingerprints that differ in up to three bits have at least one part in common.
 */
export const fingerprints = defineTable({
  name: 'marketing_fingerprints',
  columns: {
    /** What the piece is called; it is no copy of itself. */
    piece: c.text(),
    kind: c.oneOf(['text', 'image']),
    channel: c.withDefault(c.text(), ''),
    /** 16 hexadecimal digits: SimHash of a text, perceptual hash of a picture. */
    hash: c.text(),
    part0: c.text(),
    part1: c.text(),
    part2: c.text(),
    part3: c.text(),
    at: c.timestamp(),
  },
  primaryKey: ['piece', 'kind', 'channel'],
  indexes: [
    ['kind', 'part0'],
    ['kind', 'part1'],
    ['kind', 'part2'],
    ['kind', 'part3'],
    ['kind', 'at'],
  ],
});
