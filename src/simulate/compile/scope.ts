import type { Place } from '../../model/index.ts';
import { refuse } from '../fault.ts';
import { asComputed } from '../xmile/computed-stock.ts';
import type { Declaration, Dimension, Model, XmileDocument } from '../xmile/document.ts';
import { canonical, nearest } from '../xmile/name.ts';
import { parseExpression } from '../xmile/parse.ts';
import { TokenFault } from '../xmile/token.ts';

/** One use of a declaration: in the root model, in a module, or in one call of a macro. */
export interface Variable {
  readonly declaration: Declaration;
  readonly scope: Scope;
  /** With the modules before it, as printed. */
  readonly text: string;
  readonly key: string;
  readonly dimensions: readonly Dimension[];
  readonly size: number;
  /** The slot of its first element; elements follow, the last dimension fastest. -1 for a pure graphical function. */
  base: number;
  /** What a module's input is connected to. */
  source: Variable | undefined;
}

/** The names that equations of one model instance can use. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly path: string;
  readonly text: string;
  readonly variables: Map<string, Variable>;
  readonly modules: Map<string, Scope>;
  /** In a macro: its call's arguments, by parameter name. */
  readonly parameters: ReadonlyMap<string, number>;
  readonly hidden: boolean;
}

const deepestModules = 20;
const mostElements = 200_000;

/** Builds the tree of model instances and connects module inputs. */
export function instantiate(document: XmileDocument): Scope {
  let elements = 0;
  const build = (
    model: Model,
    parent: Scope | undefined,
    path: string,
    text: string,
    trail: string[],
  ): Scope => {
    const scope: Scope = {
      parent,
      path,
      text,
      variables: new Map(),
      modules: new Map(),
      parameters: new Map(),
      hidden: false,
    };
    for (const declaration of model.declarations.values()) {
      const variable = declare(
        document.dialect === 'vensim' ? asComputed(declaration) : declaration,
        scope,
        document,
      );
      elements += variable.size;
      if (elements > mostElements) {
        refuse({
          rule: 'xmile.size',
          where: declaration.where,
          what: `more than ${mostElements} variables and array elements`,
          why: 'a run of that size is not bounded in time and memory',
          mend: 'use smaller dimensions',
        });
      }
    }
    for (const use of model.modules.values()) {
      const inner = document.models.get(use.name);
      if (inner === undefined) {
        return refuse({
          rule: 'xmile.module',
          where: use.where,
          what: `the module '${use.text}' has no model`,
          why: 'a module is filled by the <model> of the same name',
          mend: `give <model name="${use.text}">`,
        });
      }
      if (trail.includes(inner.name) || trail.length >= deepestModules) {
        refuse({
          rule: 'xmile.module',
          where: use.where,
          what: `the module '${use.text}' holds itself`,
          why: 'modules form a tree',
          mend: 'break the circle',
        });
      }
      const below = path === '' ? use.name : `${path}.${use.name}`;
      const label = text === '' ? use.text : `${text}.${use.text}`;
      scope.modules.set(use.name, build(inner, scope, below, label, [...trail, inner.name]));
    }
    return scope;
  };
  const root = build(document.root, undefined, '', '', [document.root.name]);
  connect(document.root, root, root, document);
  return root;
}

/** Makes a variable of a declaration and puts it into its scope. */
export function declare(declaration: Declaration, scope: Scope, document: XmileDocument): Variable {
  const dimensions = declaration.dimensions.map((name) => {
    const found = document.dimensions.get(name);
    if (found !== undefined) return found;
    return refuse({
      rule: 'xmile.dimension',
      where: declaration.where,
      what: `'${declaration.text}' has the dimension '${name}', which is not declared`,
      why: 'the number of its elements is unknown',
      mend: suggestion(name, document.dimensions.keys(), 'declare it in <dimensions>'),
    });
  });
  const size = dimensions.reduce((product, dimension) => product * dimension.elements.length, 1);
  const variable: Variable = {
    declaration,
    scope,
    text: scope.text === '' ? declaration.text : `${scope.text}.${declaration.text}`,
    key: scope.path === '' ? declaration.name : `${scope.path}.${declaration.name}`,
    dimensions,
    size,
    base: -1,
    source: undefined,
  };
  scope.variables.set(declaration.name, variable);
  return variable;
}

function connect(model: Model, scope: Scope, root: Scope, document: XmileDocument): void {
  for (const use of model.modules.values()) {
    const inner = scope.modules.get(use.name);
    const innerModel = document.models.get(use.name);
    if (inner === undefined || innerModel === undefined) continue;
    for (const { to, from, where } of use.connections) {
      const source = resolvePath(from, scope, root, where);
      const target = targetOf(to, use.name, scope, inner, root);
      if (target === undefined) {
        refuse({
          rule: 'xmile.connect',
          where,
          what: `nothing is named '${to}' in the module '${use.text}'`,
          why: 'a connection goes to an input',
          mend: suggestion(to, inner.variables.keys(), 'correct to=""'),
        });
      }
      target.source = source;
    }
    connect(innerModel, inner, root, document);
  }
}

/**
 * Where a connection goes: an input of the module itself (`area`, `hares.area`), or, for the module's output, a variable
 * beside the module (`.area`).
 */
function targetOf(to: string, module: string, scope: Scope, inner: Scope, root: Scope): Variable | undefined {
  const { path, absolute } = splitPath(to);
  if (absolute) return find(path, scope) ?? find(path, root);
  if (path[0] === module && path.length > 1) return find(path.slice(1), inner);
  return find(path, inner) ?? find(path, scope);
}

function resolvePath(text: string, scope: Scope, root: Scope, where: Place): Variable {
  const { path, absolute } = splitPath(text);
  const found = absolute ? (find(path, scope) ?? find(path, root)) : (find(path, scope) ?? find(path, root));
  if (found !== undefined) return found;
  return refuse({
    rule: 'xmile.connect',
    where,
    what: `nothing is named '${text}'`,
    why: 'a connection comes from a variable',
    mend: suggestion(text, scope.variables.keys(), 'correct from=""'),
  });
}

/** Finds a variable along a path of modules. */
export function find(path: readonly string[], scope: Scope): Variable | undefined {
  let here: Scope | undefined = scope;
  for (const step of path.slice(0, -1)) here = here?.modules.get(step);
  const last = path.at(-1);
  return last === undefined ? undefined : here?.variables.get(last);
}

export function rootOf(scope: Scope): Scope {
  return scope.parent === undefined ? scope : rootOf(scope.parent);
}

/** A name standing alone, as in <inflow> or to="": quotes and modules are understood. */
export function splitPath(text: string): { readonly path: readonly string[]; readonly absolute: boolean } {
  try {
    const expression = parseExpression(text);
    if (expression.kind === 'name') return { path: expression.path, absolute: expression.absolute };
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
  }
  const absolute = text.trim().startsWith('.');
  const bare = absolute ? text.trim().slice(1) : text;
  // Some exporters leave quotes out: the whole text may be one name.
  return { path: [canonical(bare)], absolute };
}

export function suggestion(name: string, known: Iterable<string>, otherwise: string): string {
  const near = nearest(canonical(name), known);
  return near === undefined ? otherwise : `did you mean '${near}'?`;
}
