import type { Finding, Place } from '../../model/index.ts';
import type { BeltDeclaration, LeakDeclaration, QueueDeclaration } from './belt.ts';
import type { GraphFunction } from './graph-function.ts';
import type { Expression } from './syntax.ts';

/** The text of an equation with the place where it starts. */
export interface Equation {
  readonly text: string;
  readonly where: Place;
  /** Its syntax tree, where the file is written in another language than XMILE's. */
  readonly parsed?: Expression;
}

/** One element of a variable whose elements have equations of their own. */
export interface ElementDefinition {
  readonly subscripts: readonly string[];
  readonly equation: Equation | undefined;
  readonly initial: Equation | undefined;
  readonly graph: GraphFunction | undefined;
  readonly where: Place;
  /** The dimensions that the equation was given for, where it stands for one of their elements. */
  readonly given?: readonly string[];
  /** Of a stock: what it changes by, where that is no list of flows. */
  readonly rate?: Equation;
}

/** A stock, flow, auxiliary or graphical function as its file declares it. Names are canonical; `text` is as written. */
export interface Declaration {
  readonly kind: 'stock' | 'flow' | 'aux' | 'graph';
  readonly name: string;
  readonly text: string;
  readonly where: Place;
  readonly dimensions: readonly string[];
  readonly equation: Equation | undefined;
  /** Several <eqn> one after the other: the elements of an array in order. */
  readonly list: readonly Equation[];
  readonly initial: Equation | undefined;
  readonly elements: readonly ElementDefinition[];
  readonly graph: GraphFunction | undefined;
  /** The name of the graphical function that is used, where it stands under a name of its own. */
  readonly graphOf: Equation | undefined;
  readonly inflows: readonly Equation[];
  readonly outflows: readonly Equation[];
  readonly nonNegative: boolean;
  /** Of a stock: whether it is a conveyor or a queue. */
  readonly holder: BeltDeclaration | QueueDeclaration | undefined;
  /** Of a flow: whether it leaks from a conveyor, overflows from a queue, or counts in other units where it arrives. */
  readonly leak: LeakDeclaration | undefined;
  readonly overflow: boolean;
  readonly multiplier: Equation | undefined;
  /** Of a stock: what it changes by, where that is no list of flows. */
  readonly rate?: Equation;
  /** Elements without an equation do not exist; they have no value. */
  readonly partial?: true;
  readonly units: string | undefined;
  readonly doc: string | undefined;
}

/** A sub-model put into a model, with what is connected to its inputs. */
export interface ModuleUse {
  readonly name: string;
  readonly text: string;
  readonly where: Place;
  readonly connections: readonly { readonly to: string; readonly from: string; readonly where: Place }[];
}

export interface Model {
  readonly name: string;
  readonly where: Place;
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly modules: ReadonlyMap<string, ModuleUse>;
}

export interface Macro {
  readonly name: string;
  readonly text: string;
  readonly where: Place;
  readonly parameters: readonly { readonly name: string; readonly byDefault: Equation | undefined }[];
  readonly equation: Equation | undefined;
  readonly declarations: ReadonlyMap<string, Declaration>;
}

export interface Dimension {
  readonly name: string;
  readonly text: string;
  /** Elements as written, with their canonical names beside them. */
  readonly elements: readonly string[];
  readonly keys: readonly string[];
  /** By another dimension's name: the own element, counted from 0, for which each of its elements stands (Vensim's ->). */
  readonly maps?: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** A named unit of the model: what it is made of and its other spellings. */
export interface UnitDefinition {
  readonly name: string;
  readonly equation: string | undefined;
  readonly aliases: readonly string[];
}

export const methods = ['euler', 'rk2', 'rk4', 'rk45'] as const;
export type Method = (typeof methods)[number];

/** When and how a model runs. `save` is the interval between rows. */
export interface RunSpec {
  readonly start: number;
  readonly stop: number;
  readonly dt: number;
  readonly save: number;
  readonly method: Method;
  readonly timeUnits: string | undefined;
}

/**
 * Whose meaning functions have. Vensim writes its own functions into XMILE and .mdl: PULSE(start, width), MODULO cut
 * towards zero. xmutil translates from Vensim to XMILE, but some of its releases leave PULSE(start, width) as it stands.
 */
export type Dialect = 'xmile' | 'vensim' | 'xmutil';

/** A whole XMILE file, read but not yet understood as equations. */
export interface XmileDocument {
  readonly name: string;
  readonly dialect: Dialect;
  readonly run: RunSpec;
  readonly root: Model;
  readonly models: ReadonlyMap<string, Model>;
  readonly macros: ReadonlyMap<string, Macro>;
  readonly dimensions: ReadonlyMap<string, Dimension>;
  readonly units: readonly UnitDefinition[];
  readonly warnings: readonly Finding[];
}
