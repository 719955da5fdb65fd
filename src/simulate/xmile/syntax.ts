/** The syntax tree of one equation. `at` is the offset in the equation's text. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | NameNode
  | {
      readonly kind: 'call';
      readonly callee: NameNode;
      readonly args: readonly Expression[];
      readonly at: number;
    }
  | {
      readonly kind: 'unary';
      readonly sign: '-' | '+' | 'not';
      readonly arg: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'binary';
      readonly sign: BinarySign;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly yes: Expression;
      readonly otherwise: Expression;
      readonly at: number;
    };

export type BinarySign =
  | '+'
  | '-'
  | '*'
  | '/'
  | 'mod'
  | '^'
  | '<'
  | '<='
  | '>'
  | '>='
  | '='
  | '<>'
  | 'and'
  | 'or';

/** A name, perhaps through modules (`hares.density`), perhaps from the root (`.area`), perhaps with subscripts. */
export interface NameNode {
  readonly kind: 'name';
  readonly path: readonly string[];
  readonly absolute: boolean;
  /** As written, for messages. */
  readonly text: string;
  readonly subscripts: readonly Subscript[] | undefined;
  readonly at: number;
}

export type Subscript =
  | { readonly kind: 'star'; readonly of: string | undefined; readonly at: number }
  | { readonly kind: 'range'; readonly from: Expression; readonly to: Expression; readonly at: number }
  | { readonly kind: 'one'; readonly expression: Expression; readonly at: number };
