import type { Finding, Place } from '../../model/index.ts';
import { Faults, refuse, warning } from '../fault.ts';
import type {
  Declaration,
  Dimension,
  Macro,
  Method,
  Model,
  RunSpec,
  UnitDefinition,
  XmileDocument,
} from '../xmile/document.ts';
import { limits } from '../xmile/element.ts';
import type { GraphFunction } from '../xmile/graph-function.ts';
import type { Expression } from '../xmile/syntax.ts';
import { type Token, TokenFault } from '../xmile/token.ts';
import { settleRanges } from './dimension.ts';
import { type Entry, type MacroEntries, readEntries } from './entry.ts';
import { emptyDeclaration, type Line, parseEntry } from './equation.ts';
import { vensimTokens } from './token.ts';
import { declareVariable } from './variable.ts';

/**
 * Reads a Vensim model in text form (.mdl) into the declarations that XMILE files are read into. What is not understood is
 * refused with its line; drawing is passed over.
 *
 * @throws Refusal
 */
export function readVensim(text: string, file: string): XmileDocument {
  if (text.length > limits.bytes) {
    refuse({
      rule: 'mdl.size',
      where: { file },
      what: `the file is larger than ${limits.bytes / 1024 / 1024} MiB`,
      why: 'a model of that size cannot be read in bounded time and memory',
      mend: 'split the model',
    });
  }
  const { main, macros, settings } = readEntries(text, file);
  const warnings: Finding[] = [];
  const faults = new Faults();
  const parsed = parseAll(main, faults);
  const inMacros = macros.map((macro) => ({ macro, parsed: parseAll(macro.entries, faults) }));
  faults.settle();
  const ranges = [parsed, ...inMacros.map((one) => one.parsed)].flatMap((one) => one.ranges);
  const dimensions = settleRanges(ranges);
  const declarations = declareAll(parsed, dimensions, faults);
  const read = new Map<string, Macro>();
  for (const { macro, parsed: inside } of inMacros) {
    faults.attempt(() => {
      const made = readMacro(macro, declareAll(inside, dimensions, faults));
      read.set(made.name, made);
    });
  }
  faults.settle();
  const root: Model = { name: '', where: { file }, declarations, modules: new Map() };
  return {
    name: file.replace(/^.*[\\/]/, '').replace(/\.mdl$/i, ''),
    dialect: 'vensim',
    run: readRun(declarations, settings, file, warnings),
    root: withFlows(root),
    models: new Map(),
    macros: read,
    dimensions,
    units: unitsOf(settings),
    warnings,
  };
}

interface Parts {
  readonly lines: readonly Line[];
  readonly ranges: readonly Parameters<typeof settleRanges>[0][number][];
  readonly tables: readonly { readonly name: string; readonly graph: GraphFunction; readonly entry: Entry }[];
}

function parseAll(entries: readonly Entry[], faults: Faults): Parts {
  const lines: Line[] = [];
  const ranges: Parts['ranges'][number][] = [];
  const tables: Parts['tables'][number][] = [];
  for (const entry of entries) {
    faults.attempt(() => {
      const parsed = parseEntry(entry, (graph) => {
        const name = `#table_${tables.length}`;
        tables.push({ name, graph, entry });
        return name;
      });
      if ('range' in parsed) ranges.push(parsed.range);
      else lines.push(parsed);
    });
  }
  return { lines, ranges, tables };
}

function declareAll(
  { lines, tables }: Parts,
  dimensions: ReadonlyMap<string, Dimension>,
  faults: Faults,
): Map<string, Declaration> {
  const byName = new Map<string, Line[]>();
  for (const line of lines) {
    const known = byName.get(line.left.name);
    if (known === undefined) byName.set(line.left.name, [line]);
    else known.push(line);
  }
  const declarations = new Map<string, Declaration>();
  for (const [name, own] of byName)
    faults.attempt(() => {
      declarations.set(name, declareVariable(own, dimensions));
    });
  for (const { name, graph, entry } of tables)
    declarations.set(name, { ...emptyDeclaration(name, name, entry.where), kind: 'graph', graph });
  return declarations;
}

/** Auxiliaries that a level adds and takes away are its flows; a level whose rate holds anything else keeps the rate. */
function withFlows(model: Model): Model {
  const declarations = new Map(model.declarations);
  for (const stock of model.declarations.values()) {
    if (stock.kind !== 'stock' || stock.rate === undefined) continue;
    const flows = [...stock.inflows, ...stock.outflows].map((flow) => {
      const [name] = vensimTokens(flow.text);
      return name?.kind === 'name' ? declarations.get(name.name) : undefined;
    });
    const all = flows.length > 0 && flows.every((one) => one?.kind === 'aux' || one?.kind === 'flow');
    const { rate, ...rest } = stock;
    declarations.set(stock.name, all ? rest : { ...stock, inflows: [], outflows: [] });
    if (!all) continue;
    for (const one of flows) if (one !== undefined) declarations.set(one.name, { ...one, kind: 'flow' });
  }
  return { ...model, declarations };
}

/** `name(inputs : outputs)`; further outputs may be named, but a call takes the macro's own value only. */
function readMacro({ head, where }: MacroEntries, declarations: ReadonlyMap<string, Declaration>): Macro {
  const tokens = headTokens(head, where);
  const names: (Token & { kind: 'name' })[] = [];
  for (const token of tokens) {
    if (token.kind === 'sign' && token.text === ':') break;
    if (token.kind === 'name') names.push(token);
  }
  const [name, ...parameters] = names;
  if (name === undefined || !declarations.has(name.name)) {
    return refuse({
      rule: 'mdl.macro',
      where,
      what: `the macro '${name?.text ?? head.trim()}' gives no value`,
      why: 'an equation of its own name is its value',
      mend: 'give it one',
    });
  }
  return {
    name: name.name,
    text: name.text,
    where,
    parameters: parameters.map((one) => ({ name: one.name, byDefault: undefined })),
    equation: undefined,
    declarations: withFlows({ name: '', where, declarations, modules: new Map() }).declarations,
  };
}

function headTokens(head: string, where: Place): Token[] {
  try {
    return vensimTokens(head);
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
    return refuse({
      rule: 'mdl.macro',
      where,
      what: `the head of a macro is not understood: ${error.message}`,
      why: `it reads: ${head.replace(/\s+/g, ' ').trim().slice(0, 120)}`,
      mend: 'write it as :MACRO: name(input, input)',
    });
  }
}

/** Vensim's integration methods, by the number that its settings give; the rest is Euler. */
const byNumber: Readonly<Record<string, Method>> = { '1': 'rk4', '3': 'rk2', '4': 'rk2', '5': 'rk4' };

function readRun(
  declarations: ReadonlyMap<string, Declaration>,
  settings: readonly string[],
  file: string,
  warnings: Finding[],
): RunSpec {
  const value = (name: string, otherwise: number | undefined): number => {
    const declaration = declarations.get(name);
    const found = declaration === undefined ? otherwise : constant(declaration, declarations, 0);
    if (found !== undefined) return found;
    return refuse({
      rule: 'mdl.run',
      where: declaration?.where ?? { file },
      what: `${name.replace('_', ' ').toUpperCase()} is ${declaration === undefined ? 'not given' : 'no constant'}`,
      why: 'when a run starts and ends is known before it runs',
      mend: `give ${name.replace('_', ' ').toUpperCase()} as a number`,
    });
  };
  const dt = value('time_step', 1);
  const chosen =
    settings
      .find((line) => line.startsWith('15:'))
      ?.slice(3)
      .split(',')[3]
      ?.trim() ?? '0';
  const method = byNumber[chosen] ?? 'euler';
  if (chosen === '1' || chosen === '4' || chosen === '2') {
    warnings.push(
      warning({
        rule: 'mdl.method',
        where: { file },
        what: `Vensim's integration ${chosen === '2' ? 'by differences' : 'with a step of its own'}`,
        why: `${method} with the model's step is used`,
        mend: 'nothing, or compare with a smaller step',
      }),
    );
  }
  return {
    start: value('initial_time', undefined),
    stop: value('final_time', undefined),
    dt,
    save: value('saveper', dt),
    method,
    timeUnits: declarations.get('time_step')?.units ?? declarations.get('initial_time')?.units,
  };
}

/** A number, or arithmetic over numbers and other such constants. */
function constant(
  declaration: Declaration,
  all: ReadonlyMap<string, Declaration>,
  depth: number,
): number | undefined {
  const walk = (part: Expression): number | undefined => {
    if (part.kind === 'number') return part.value;
    if (part.kind === 'name') {
      const other = all.get(part.path[0] ?? '');
      return other === undefined || depth > 20 ? undefined : constant(other, all, depth + 1);
    }
    if (part.kind === 'unary' && part.sign !== 'not') {
      const arg = walk(part.arg);
      return arg === undefined ? undefined : part.sign === '-' ? -arg : arg;
    }
    if (part.kind !== 'binary') return undefined;
    const left = walk(part.left);
    const right = walk(part.right);
    if (left === undefined || right === undefined) return undefined;
    if (part.sign === '+') return left + right;
    if (part.sign === '-') return left - right;
    if (part.sign === '*') return left * right;
    return part.sign === '/' ? left / right : undefined;
  };
  return declaration.equation?.parsed === undefined ? undefined : walk(declaration.equation.parsed);
}

/** `22:Year,Years,yr`: names of one unit. */
function unitsOf(settings: readonly string[]): UnitDefinition[] {
  return settings.flatMap((line) => {
    if (!line.startsWith('22:')) return [];
    const [name = '', ...aliases] = line
      .slice(3)
      .split(',')
      .map((one) => one.trim());
    return name === '' ? [] : [{ name, equation: undefined, aliases }];
  });
}
