/** A bounded map that forgets what was not used of late. */
export interface Lru<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

/**
 * Two generations in place of a list: when the young one is full it becomes the old one. Reading is one
 * lookup, and between `size` and twice as many entries are kept.
 */
export function createLru<K, V>(size: number): Lru<K, V> {
  let young = new Map<K, V>();
  let old = new Map<K, V>();

  function set(key: K, value: V): void {
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  return {
    set,
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
  };
}
