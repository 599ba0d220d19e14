/** Parent → child. */
export type ToChild =
  | {
      readonly type: 'run';
      readonly job: string;
      readonly libraries: readonly string[];
      readonly timeoutMs: number;
    }
  | { readonly type: 'answer'; readonly call: number; readonly text: string };

/** Child → parent. The parent treats every field as text from a stranger. */
export type FromChild =
  | { readonly type: 'ready' }
  | {
      readonly type: 'call';
      readonly call: number;
      readonly name: string;
      readonly args: readonly unknown[];
    }
  /** `text`: JSON of what the guest posted. */
  | { readonly type: 'done'; readonly text: string }
  /** The attempt is over and this child is to be replaced. */
  | { readonly type: 'broken'; readonly reason: BrokenReason; readonly text: string };

export type BrokenReason = 'timeout' | 'memory' | 'crash';

/** A message of a child in a shape we know, or `undefined`. */
export function readFromChild(message: unknown): FromChild | undefined {
  if (!isRecord(message)) return undefined;
  const { type, call, name, args, text, reason } = message;
  if (type === 'ready') return { type };
  if (
    type === 'call' &&
    typeof call === 'number' &&
    typeof name === 'string' &&
    Array.isArray(args)
  ) {
    return { type, call, name, args };
  }
  if (type === 'done' && typeof text === 'string') return { type, text };
  if (type === 'broken' && typeof text === 'string') {
    return { type, text, reason: reason === 'timeout' || reason === 'memory' ? reason : 'crash' };
  }
  return undefined;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
