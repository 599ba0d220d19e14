import type { Expression, PrivateIdentifier, Statement, Super } from 'acorn';
import { ExpressionSyntaxError } from '../expression.errors.ts';

import type { Code, Step } from './code.ts';

/** The compilers of each kind of syntax, which need one another all round. */
export interface Grammar {
  expression(node: Expression | Super | PrivateIdentifier, names: Names): Code;
  statement(node: Statement, names: Names, labels: readonly string[]): Step;
  statements(nodes: readonly Statement[], names: Names): Step;
}

/** Where a local variable lives: `depth` frames out, in `slot`. */
export interface Place {
  readonly depth: number;
  readonly slot: number;
  readonly isConstant: boolean;
}

interface Binding {
  readonly slot: number;
  readonly isConstant: boolean;
}

/** Counts the slots of one frame while its code is compiled. */
interface FrameLayout {
  size: number;
}

/** The names visible at one place of the code. Blocks share their function's frame, loops that make functions do not. */
export class Names {
  private readonly bindings = new Map<string, Binding>();
  private readonly parent: Names | undefined;
  readonly layout: FrameLayout;
  /** The code being compiled, which functions show as their text. */
  readonly source: string;

  private readonly grammar: Grammar;

  private constructor(
    parent: Names | undefined,
    layout: FrameLayout,
    source: string,
    grammar: Grammar,
  ) {
    this.grammar = grammar;
    this.parent = parent;
    this.layout = layout;
    this.source = source;
  }

  static root(source: string, grammar: Grammar): Names {
    return new Names(undefined, { size: 0 }, source, grammar);
  }

  /** Names of an inner block, in the same frame. */
  block(): Names {
    return new Names(this, this.layout, this.source, this.grammar);
  }

  /** Names of a function or loop round with a frame of its own. */
  frame(): Names {
    return new Names(this, { size: 0 }, this.source, this.grammar);
  }

  /** Compiles an expression that sees these names. */
  compile(node: Expression | Super | PrivateIdentifier): Code {
    return this.grammar.expression(node, this);
  }

  /** Compiles a statement that sees these names; `labels` stand right before it. */
  statement(node: Statement, labels: readonly string[] = []): Step {
    return this.grammar.statement(node, this, labels);
  }

  /** Compiles a block's statements, whose declarations become these names. */
  statements(nodes: readonly Statement[]): Step {
    return this.grammar.statements(nodes, this);
  }

  /** Makes `name` known here; `var` and parameters may come twice. */
  declare(
    name: string,
    options: { readonly isConstant?: boolean; readonly mayRepeat?: boolean } = {},
  ): number {
    const known = this.bindings.get(name);
    if (known) {
      if (!options.mayRepeat) throw new ExpressionSyntaxError(`"${name}" is declared twice`);
      return known.slot;
    }
    const slot = this.layout.size++;
    this.bindings.set(name, { slot, isConstant: options.isConstant === true });
    return slot;
  }

  resolve(name: string): Place | undefined {
    const binding = this.bindings.get(name);
    if (binding) return { depth: 0, ...binding };
    const outer = this.parent?.resolve(name);
    const isOtherFrame = this.parent !== undefined && this.parent.layout !== this.layout;
    return outer && isOtherFrame ? { ...outer, depth: outer.depth + 1 } : outer;
  }
}
