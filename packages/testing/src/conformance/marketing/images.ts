import {
  fingerprintImage,
  fingerprintVariants,
  compareImages,
} from 'millrace-nodes-marketing/stats/image/fingerprint';
import { mirror, readImage, shrink } from 'millrace-nodes-marketing/stats/image/pixels';
import { hammingDistance } from 'millrace-nodes-marketing/stats/text/fingerprint';
import type { DataFolder } from './data-folder.ts';
import { atLeast, atMost, near, type Figure } from './figure.ts';

const ORIGINAL = 'aaa-orig.jpg';
const EDITED = [
  ORIGINAL,
  'blur-a-little.jpg',
  'blur-a-lot.jpg',
  'high-contrast.jpg',
  'high-saturation.jpg',
  'sharpen-a-little.jpg',
  'sharpen-a-lot.jpg',
  'shrink-a-little.jpg',
  'shrink-a-lot.jpg',
  'square-128x128.jpg',
  'square-256x256.jpg',
  'square-512x512.jpg',
];
/** Bits two decoders and two filters may differ in. */
const BITS = 4;
const DUPLICATE_BITS = 8;

/** One photo and its edits, and another photo. */
export function checkImages(data: DataFolder): Figure[] {
  const load = (file: string) => readImage(data.bytes(`pdq_images/${file}`));
  const original = load(ORIGINAL);
  const own = fingerprintImage(original);
  const compared = EDITED.flatMap((file) => {
    const other = fingerprintImage(load(file));
    const [perceptual, difference] = data.list(`images/${file}`).map(Number);
    return [
      near(
        `images/${file}/perceptual`,
        hammingDistance(own.perceptual, other.perceptual),
        perceptual ?? 0,
        BITS,
      ),
      near(
        `images/${file}/difference`,
        hammingDistance(own.difference, other.difference),
        difference ?? 0,
        BITS,
      ),
    ];
  });
  const peppers = load('zz_other_peppers.png');
  const variants = fingerprintVariants(peppers);
  const mirrored = fingerprintImage(mirror(shrink(original, 256, 256)));
  return [
    ...compared,
    atLeast(
      'image_other/peppers/perceptual (apart)',
      hammingDistance(own.perceptual, fingerprintImage(peppers).perceptual),
      2 * DUPLICATE_BITS,
    ),
    atLeast(
      'image_other/peppers, turned (apart)',
      compareImages(own, variants).bits,
      DUPLICATE_BITS + 1,
    ),
    atMost(
      'images/mirrored (found)',
      compareImages(mirrored, fingerprintVariants(original)).bits,
      DUPLICATE_BITS,
    ),
  ];
}
