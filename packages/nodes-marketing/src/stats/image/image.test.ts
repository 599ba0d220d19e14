import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { compareImages, fingerprintImage, fingerprintVariants } from './fingerprint.ts';
import { mirror, readImage, shrink, turnOver, type GreyImage } from './pixels.ts';

/** A picture of soft spots, different for each seed. */
function picture(seed: number, size = 200): GreyImage {
  const random = createRandom(seed);
  const spots = Array.from({ length: 12 }, () => ({
    x: random.next(),
    y: random.next(),
    width: 0.05 + 0.15 * random.next(),
    light: 200 * random.next() - 60,
  }));
  const values = Float64Array.from({ length: size * size }, (_, at) => {
    const [x, y] = [(at % size) / size, Math.floor(at / size) / size];
    const light = spots.reduce(
      (sum, spot) =>
        sum + spot.light * Math.exp(-((x - spot.x) ** 2 + (y - spot.y) ** 2) / spot.width ** 2),
      80,
    );
    return Math.min(255, Math.max(0, Math.round(light)));
  });
  return { width: size, height: size, values };
}

const bytesOf = ({ values }: GreyImage) =>
  Buffer.from([...values].flatMap((grey) => [grey, grey, grey, 255]));
const asPng = (image: GreyImage): Uint8Array => {
  const png = new PNG({ width: image.width, height: image.height });
  bytesOf(image).copy(png.data);
  return PNG.sync.write(png);
};
const asJpeg = (image: GreyImage, quality: number): Uint8Array =>
  jpeg.encode({ width: image.width, height: image.height, data: bytesOf(image) }, quality).data;

describe('fingerprints of pictures', () => {
  const original = picture(1);
  const variants = fingerprintVariants(original);
  const likeness = (image: GreyImage) => compareImages(fingerprintImage(image), variants);

  test.each([
    ['smaller', shrink(original, 90, 90)],
    ['stored as JPEG of low quality', readImage(asJpeg(original, 25))],
    [
      'with more contrast',
      { ...original, values: original.values.map((v) => Math.min(255, v * 1.25)) },
    ],
  ])('a copy that is %s is a duplicate', (_, copy) => {
    expect(likeness(copy)).toMatchObject({ isDuplicate: true });
  });

  test.each([
    ['mirrored', mirror(original)],
    ['on its side', mirror(turnOver(original))],
    ['upside down', mirror(turnOver(mirror(turnOver(original))))],
  ])('a copy that is %s is found and known to be turned', (_, copy) => {
    expect(likeness(copy)).toMatchObject({ isDuplicate: true, isTurned: true });
  });

  test('other pictures are none', () => {
    for (let seed = 2; seed < 12; seed += 1)
      expect(likeness(picture(seed)).bits).toBeGreaterThan(8);
  });

  test('PNG and JPEG of the same picture read alike', () => {
    const [png, photo] = [readImage(asPng(original)), readImage(asJpeg(original, 95))];
    expect(png.values).toEqual(original.values);
    const worst = Math.max(...photo.values.map((v, at) => Math.abs(v - (png.values[at] ?? 0))));
    expect(worst).toBeLessThan(30);
  });

  test('other files and broken ones are refused', () => {
    expect(() => readImage(new TextEncoder().encode('GIF89a'))).toThrow('neither');
    expect(() => readImage(Uint8Array.from([0x89, 1, 2, 3]))).toThrow('broken');
  });
});
