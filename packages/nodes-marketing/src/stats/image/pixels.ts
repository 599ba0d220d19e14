import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';

/** A picture in grey: one brightness 0–255 a pixel, row by row. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

const PNG_START = 0x89;
const JPEG_START = 0xff;

/** Reads a PNG or JPEG. @throws {TypeError} for anything else, or a broken file. */
export function readImage(bytes: Uint8Array): GreyImage {
  const { width, height, data } = decode(bytes);
  const values = Float64Array.from({ length: width * height }, (_, pixel) => {
    const at = pixel * 4;
    // ITU-R 601 brightness, as every hash of this kind takes it.
    return Math.round(
      0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0),
    );
  });
  return { width, height, values };
}

function decode(bytes: Uint8Array): { width: number; height: number; data: Uint8Array } {
  try {
    if (bytes[0] === PNG_START) return PNG.sync.read(Buffer.from(bytes));
    if (bytes[0] === JPEG_START)
      return jpeg.decode(bytes, { useTArray: true, maxMemoryUsageInMB: 256 });
  } catch (cause) {
    throw new TypeError('The picture is broken and cannot be read', { cause });
  }
  throw new TypeError('The picture is neither a PNG nor a JPEG');
}

/** A smaller copy, filtered by Lanczos's kernel so that fine patterns do not leave false ones. */
export function shrink(image: GreyImage, width: number, height: number): GreyImage {
  const across = resample(image.values, image.width, image.height, width);
  const turned = transpose(across, width, image.height);
  const both = resample(turned, image.height, width, height);
  return { width, height, values: transpose(both, height, width) };
}

const LOBES = 3;

/** Every row of `values`, `from` wide, as one of `to`. */
function resample(values: Float64Array, from: number, rows: number, to: number): Float64Array {
  const scale = from / to;
  const reach = LOBES * Math.max(1, scale);
  const result = new Float64Array(to * rows);
  for (let x = 0; x < to; x += 1) {
    const centre = (x + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach));
    const last = Math.min(from - 1, Math.ceil(centre + reach));
    const weights = Float64Array.from({ length: last - first + 1 }, (_, place) =>
      lanczos((first + place + 0.5 - centre) / Math.max(1, scale)),
    );
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    for (let row = 0; row < rows; row += 1) {
      let sum = 0;
      for (let place = 0; place < weights.length; place += 1)
        sum += (weights[place] ?? 0) * (values[row * from + first + place] ?? 0);
      result[row * to + x] = Math.min(255, Math.max(0, Math.round(sum / whole)));
    }
  }
  return result;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const lanczos = (x: number): number => (Math.abs(x) < LOBES ? sinc(x) * sinc(x / LOBES) : 0);

function transpose(values: Float64Array, width: number, height: number): Float64Array {
  const turned = new Float64Array(values.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) turned[x * height + y] = values[y * width + x] ?? 0;
  return turned;
}

/** The picture turned by a quarter (transposed), and the picture seen in a mirror. */
export const turnOver = ({ width, height, values }: GreyImage): GreyImage => ({
  width: height,
  height: width,
  values: transpose(values, width, height),
});

export const mirror = ({ width, height, values }: GreyImage): GreyImage => ({
  width,
  height,
  values: values.map((_, at) => {
    const x = at % width;
    return values[at - x + (width - 1 - x)] ?? 0;
  }),
});
