/** Custom execution data: a few short texts by which executions are found again (n8n-facts A12.61). */
export interface CustomData {
  set(key: string, value: unknown): void;
  get(key: string): string | undefined;
  getAll(): Readonly<Record<string, string>>;
}

const MAX_KEYS = 10;
const MAX_KEY_LENGTH = 50;
const MAX_VALUE_LENGTH = 512;

/** Keys after the tenth are dropped, long keys and values are cut; other mistakes throw. */
export function createCustomData(initial: Readonly<Record<string, string>> = {}): CustomData {
  const held = new Map(Object.entries(initial));
  return {
    set(key, value) {
      if (!/^[A-Za-z0-9_]+$/.test(key)) {
        throw new TypeError(`Custom data key "${key}" may have letters, digits and "_" only`);
      }
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
        throw new TypeError(`Custom data "${key}" must be a text or a number`);
      }
      const name = key.slice(0, MAX_KEY_LENGTH);
      if (!held.has(name) && held.size >= MAX_KEYS) return;
      held.set(name, String(value).slice(0, MAX_VALUE_LENGTH));
    },
    get: (key) => held.get(key),
    getAll: () => Object.fromEntries(held),
  };
}
