/** A message as it travels: JSON in which bytes are marked, so that files as answers arrive whole. */
export const encode = (message: { readonly from: string; readonly message: unknown }): string =>
  JSON.stringify(message, function (this: Record<string, unknown>, key, value: unknown) {
    // Buffers have turned into JSON before the replacer sees them; their holder still has them.
    const held = this[key];
    if (held instanceof Uint8Array) return { $bytes: Buffer.from(held).toString('base64') };
    return value;
  });

/** The sender and what it said; `undefined` for what is none of ours. */
export function decode(text: string): { from: string; message: never } | undefined {
  try {
    return JSON.parse(text, (_key, value: unknown) =>
      isBytes(value) ? Buffer.from(value.$bytes, 'base64') : value,
    );
  } catch {
    return undefined;
  }
}

const isBytes = (value: unknown): value is { $bytes: string } =>
  typeof value === 'object' &&
  value !== null &&
  '$bytes' in value &&
  typeof value.$bytes === 'string' &&
  Object.keys(value).length === 1;
