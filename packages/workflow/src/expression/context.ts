import { ExpressionBudgetError } from './expression.errors.ts';
import type { ExtraVariables, Limits, SlowRegex } from './evaluator.types.ts';
import type { EvaluationScope } from './scope.ts';

/** What is the same for all evaluations of one evaluator. */
export interface ContextSettings {
  readonly limits: Limits;
  readonly slowRegex: SlowRegex | undefined;
  readonly changesData: boolean;
}

/** State of one evaluation: what it may know, and how much it may still use. */
export class Context {
  readonly scope: EvaluationScope;
  /** The current item's place in `scope.input`; `$item()` looks from another for a while. */
  itemIndex: number;
  readonly extra: ExtraVariables | undefined;
  readonly limits: Limits;
  readonly slowRegex: SlowRegex | undefined;
  /** Copies of scope data by original, while the expression may change them; else `undefined`. */
  readonly copies: Map<object, object> | undefined;
  /** Whether `$json` is the item's own data as it stands: no copies, no variables beside the scope's. */
  readonly isPlain: boolean;
  /** Value of the `return` under way. */
  returned: unknown = undefined;
  private steps: number;
  private bytes: number;
  private depth = 0;

  constructor(
    scope: EvaluationScope,
    itemIndex: number,
    extra: ExtraVariables | undefined,
    settings: ContextSettings,
  ) {
    this.scope = scope;
    this.itemIndex = itemIndex;
    this.extra = extra;
    this.limits = settings.limits;
    this.slowRegex = settings.slowRegex;
    this.copies = settings.changesData ? new Map() : undefined;
    this.isPlain = extra === undefined && !settings.changesData;
    this.steps = settings.limits.steps;
    this.bytes = settings.limits.bytes;
  }

  /** @throws {ExpressionBudgetError} once the evaluation has used its steps. */
  spend(steps: number): void {
    this.steps -= steps;
    if (this.steps < 0) throw new ExpressionBudgetError('steps', this.limits.steps);
  }

  /** Counts `bytes` of new data. */
  allocate(bytes: number): void {
    this.bytes -= bytes;
    if (this.bytes < 0) throw new ExpressionBudgetError('bytes', this.limits.bytes);
  }

  /** Call before making a string of `length` characters. */
  reserveText(length: number): void {
    if (length > this.limits.stringLength) {
      throw new ExpressionBudgetError('characters in one string', this.limits.stringLength);
    }
    this.spend(length >>> 6);
    this.allocate(length);
  }

  /** Call before making a list of `length` elements. */
  reserveList(length: number): void {
    if (length > this.limits.arrayLength) {
      throw new ExpressionBudgetError('elements in one list', this.limits.arrayLength);
    }
    this.spend(2 + (length >>> 3));
    this.allocate(16 + length * 8);
  }

  /** Call before making a BigInt of `bits`. Costs grow with the square: so do those of the host. */
  reserveBits(bits: number): void {
    if (bits > this.limits.bigintBits) {
      throw new ExpressionBudgetError('bits in one number', this.limits.bigintBits);
    }
    this.spend((bits >>> 6) + (((bits >>> 8) * (bits >>> 8)) >>> 4));
    this.allocate(bits >>> 3);
  }

  enter(): void {
    if (++this.depth > this.limits.callDepth) {
      throw new ExpressionBudgetError('nested calls', this.limits.callDepth);
    }
    this.spend(1);
  }

  leave(): void {
    this.depth--;
  }

  /** Nested calls under way, to be restored by whoever catches. */
  get nesting(): number {
    return this.depth;
  }

  restore(nesting: number): void {
    this.depth = nesting;
  }
}
