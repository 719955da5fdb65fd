import type {
  Condition,
  Expectation,
  Field,
  Finding,
  RegisterDeclaration,
  RegisterMeasure,
  Step,
} from '../model/index.ts';
import { stepsOf } from './entity.ts';
import { type Formula, FormulaFault, partsOf, readFormula } from './formula.ts';

/** Everything that a register names must be declared: what is not is told, with its place in the declaration. */
export function checkDeclaration(
  declaration: RegisterDeclaration,
  file = `registers/${declaration.id}.yaml`,
): readonly Finding[] {
  return new Check(declaration, file).all();
}

type Known = ReadonlySet<string>;

class Check {
  readonly #of: RegisterDeclaration;
  readonly #file: string;
  readonly #findings: Finding[] = [];
  readonly #steps: readonly Step[];
  readonly #kinds: Known;
  readonly #fields: ReadonlyMap<string, Field>;
  readonly #types: Known;
  readonly #items: Known;
  readonly #holders: Known;
  readonly #deadlines: Known;
  readonly #checks: Known;
  readonly #parameters: Known;
  readonly #networks: Known;

  constructor(of: RegisterDeclaration, file: string) {
    this.#of = of;
    this.#file = file;
    this.#steps = stepsOf(of);
    const ids = (list: readonly { readonly id: string }[]): Known => new Set(list.map(({ id }) => id));
    this.#kinds = new Set(this.#steps.map(({ kind }) => kind));
    this.#fields = new Map(
      [...of.forms, ...of.entities].flatMap(({ fields }) => fields.map((field) => [field.id, field])),
    );
    this.#types = new Set([...ids(of.cases), ...ids(of.entities)]);
    this.#items = ids(of.items);
    this.#holders = ids(of.holders);
    this.#deadlines = ids(of.deadlines);
    this.#checks = ids(of.checks);
    this.#parameters = ids(of.parameters);
    this.#networks = ids(of.networks);
  }

  all(): readonly Finding[] {
    const { id, entities, forms, steps, deadlines, checks, indicators, services, department, place } =
      this.#of;
    if (id.includes('.')) this.#report('/id', 'the id of a register has no dot', 'use - between words');
    for (const item of [...this.#items, ...this.#holders, ...this.#types])
      if (item.includes('.')) this.#report('', `'${item}' has a dot in it`, 'use - between words');
    for (const [network, { nodes, edges }] of this.#of.networks.entries()) {
      const names = new Set(Object.keys(nodes));
      for (const [at, { from, to }] of edges.entries())
        for (const end of [from, to]) this.#need(names, end, 'node', `/networks/${network}/edges/${at}`);
    }
    if (!steps.some(({ after }) => after.length === 0))
      this.#report('/steps', 'no step begins a case', 'give one step `after: []`');
    if (this.#kinds.size < this.#steps.length)
      this.#report('/steps', 'two steps have one kind', 'name every step once');
    entities.forEach(({ title, fields }, at) => {
      if (!fields.some((field) => field.id === title))
        this.#report(`/entities/${at}/title`, `there is no field '${title}' in it`, 'name one of its fields');
    });
    [...forms, ...entities].forEach(({ fields }) => {
      for (const field of fields) this.#field(field);
    });
    steps.forEach((step, at) => {
      this.#step(step, `/steps/${at}`);
    });
    deadlines.forEach(({ from, until, workingDays, date }, at) => {
      for (const kind of [from, ...until]) this.#need(this.#kinds, kind, 'step', `/deadlines/${at}`);
      if (typeof workingDays === 'object') this.#needField(workingDays.field, `/deadlines/${at}/workingDays`);
      if (date === undefined) return;
      this.#need(this.#parameters, date.parameter, 'parameter', `/deadlines/${at}/date`);
      this.#needField(date.year, `/deadlines/${at}/date`);
    });
    checks.forEach(({ at: kinds, formula }, at) => {
      for (const kind of kinds) this.#need(this.#kinds, kind, 'step', `/checks/${at}/at`);
      this.#formula(formula, `/checks/${at}/formula`);
    });
    indicators.forEach(({ numerator, denominator, formula, expects }, at) => {
      if ((numerator === undefined) === (formula === undefined))
        this.#report(
          `/indicators/${at}`,
          'it has neither records nor a formula, or both',
          'give numerator or formula',
        );
      for (const measure of [numerator, denominator])
        if (measure !== undefined) this.#measure(measure, `/indicators/${at}`);
      if (expects !== undefined) this.#expectation(expects, `/indicators/${at}/expects`);
    });
    for (const [name, pointer] of [
      [department, '/department'],
      [place, '/place'],
    ] as const)
      if (name !== undefined) this.#needField(name, pointer);
    if (services !== undefined && this.#fields.get(services)?.type !== 'choice')
      this.#report('/services', `'${services}' is no field with choices`, 'name a field of type choice');
    return this.#findings;
  }

  #report(pointer: string, what: string, mend: string): void {
    this.#findings.push({
      rule: 'register.declaration',
      severity: 'error',
      where: { file: this.#file, pointer },
      what,
      why: 'a register works only when its declaration is whole',
      mend,
    });
  }

  #need(known: Known | ReadonlyMap<string, unknown>, name: string, noun: string, pointer: string): void {
    if (known.has(name)) return;
    const names = [...known.keys()].slice(0, 40).join(', ');
    this.#report(
      pointer,
      `there is no ${noun} '${name}'`,
      names === '' ? 'declare it' : `declare it, or name one of: ${names}`,
    );
  }

  #needField(name: string, pointer: string): void {
    this.#need(this.#fields, name, 'field', pointer);
  }

  #field({
    id,
    type,
    choices,
    columns,
    of,
    register,
    compute,
    consent,
    personal,
    public: open,
    prefill,
  }: Field): void {
    const pointer = `/forms/${id}`;
    if ((type === 'choice' || type === 'choices') !== (choices !== undefined))
      this.#report(
        pointer,
        `field ${id}: choices belong to fields of type choice, and to no other`,
        'add or take away `choices`',
      );
    if ((type === 'rows') !== (columns !== undefined))
      this.#report(
        pointer,
        `field ${id}: columns belong to fields of type rows`,
        'add or take away `columns`',
      );
    if (type === 'entity' && of === undefined)
      this.#report(pointer, `field ${id} names no kind of entity`, 'give `of`');
    if (of !== undefined && register === undefined) this.#need(this.#types, of, 'entity or case', pointer);
    if (personal && open)
      this.#report(
        pointer,
        `field ${id} is personal and public`,
        'what is about a person is never public: use erasable',
      );
    if (compute !== undefined) this.#formula(compute, pointer);
    if (consent !== undefined) this.#needField(consent, pointer);
    if (prefill !== undefined)
      for (const name of 'match' in prefill ? Object.values(prefill.match) : [prefill.year])
        this.#needField(name, pointer);
  }

  #step({ after, form, of, on, needs, joins, flows, opens }: Step, pointer: string): void {
    for (const kind of after) this.#need(this.#kinds, kind, 'step', `${pointer}/after`);
    if (form !== undefined && !this.#of.forms.some(({ id }) => id === form))
      this.#need(new Set(this.#of.forms.map(({ id }) => id)), form, 'form', `${pointer}/form`);
    if (of !== undefined) this.#need(this.#types, of, 'case type', `${pointer}/of`);
    if (on !== undefined) this.#needField(on, `${pointer}/on`);
    for (const { formula } of needs) this.#formula(formula, `${pointer}/needs`);
    for (const join of joins) {
      this.#need(this.#types, join.case, 'case type', `${pointer}/joins`);
      for (const kind of join.reached) this.#need(this.#kinds, kind, 'step', `${pointer}/joins`);
    }
    for (const { item, quantity, when, from, to, each, serials } of flows) {
      if (typeof item === 'string') this.#need(this.#items, item, 'item', `${pointer}/flows`);
      const columns = each === undefined ? [] : (this.#fields.get(each)?.columns ?? []).map(({ id }) => id);
      this.#formula(quantity, `${pointer}/flows/quantity`, columns);
      if (when !== undefined) this.#formula(when, `${pointer}/flows/when`, columns);
      for (const name of [each, serials]) if (name !== undefined) this.#needField(name, `${pointer}/flows`);
      for (const ref of [from, to]) {
        if ('holder' in ref) this.#need(this.#holders, ref.holder, 'holder', `${pointer}/flows`);
        if ('field' in ref) this.#needField(ref.field, `${pointer}/flows`);
      }
    }
    for (const open of opens) {
      this.#need(this.#types, open.case, 'case type', `${pointer}/opens`);
      for (const formula of Object.values(open.values)) this.#formula(formula, `${pointer}/opens`);
      if (open.when !== undefined) this.#formula(open.when, `${pointer}/opens`);
      if (!this.#of.steps.some((each) => each.of === open.case && each.after.length === 0))
        this.#report(
          `${pointer}/opens`,
          `no step begins a '${open.case}'`,
          'give one step `after: []` and `of`',
        );
    }
  }

  #measure(measure: RegisterMeasure, pointer: string): void {
    if ('flows' in measure) {
      const { items, steps = [], from = [], to = [] } = measure.flows;
      for (const item of items) this.#need(this.#items, item, 'item', pointer);
      for (const kind of steps) this.#need(this.#kinds, kind, 'step', pointer);
      for (const name of [...from, ...to])
        if (name !== 'case' && !this.#holders.has(name) && !this.#types.has(name) && !this.#foreign(name))
          this.#need(this.#holders, name, 'holder or entity', pointer);
      return;
    }
    if ('readings' in measure) {
      if (!this.#of.series.some(({ id }) => id === measure.readings.series))
        this.#report(pointer, `there is no series '${measure.readings.series}'`, 'declare it');
      return;
    }
    const { cases, when, sum } = 'standing' in measure ? measure.standing : measure;
    if (cases !== undefined) this.#need(this.#types, cases, 'case type', pointer);
    if (when !== undefined) this.#condition(when, pointer);
    if (sum !== undefined) this.#formula(sum, pointer);
    if ('standing' in measure)
      for (const kind of [measure.standing.from, ...measure.standing.until])
        this.#need(this.#kinds, kind, 'step', pointer);
    else if ('step' in measure.by) this.#need(this.#kinds, measure.by.step, 'step', pointer);
    else this.#needField(measure.by.field, pointer);
  }

  #expectation(expects: Expectation, pointer: string): void {
    if (!('entity' in expects)) {
      this.#measure({ cases: expects.cases, when: expects.when, by: expects.by }, pointer);
      return;
    }
    const { entity, register, when, field } = expects;
    if (field !== undefined) this.#needField(field, pointer);
    // What another register declares is not known here; a formula over its entities is read all the same.
    if (register === undefined) this.#need(this.#types, entity, 'entity', pointer);
    if (when !== undefined) this.#formula(when, pointer, register === undefined ? [] : null);
  }

  /** An entity of another register that some field of this one names. */
  #foreign(name: string): boolean {
    return [...this.#fields.values()].some(({ register, of }) => register !== undefined && of === name);
  }

  #condition(condition: Condition, pointer: string): void {
    if ('reached' in condition) this.#need(this.#kinds, condition.reached, 'step', pointer);
    else if ('at' in condition)
      for (const kind of condition.at) this.#need(this.#kinds, kind, 'step', pointer);
    else if ('field' in condition) this.#needField(condition.field, pointer);
    else if ('within' in condition) this.#need(this.#deadlines, condition.within, 'deadline', pointer);
    else if ('due' in condition) this.#need(this.#deadlines, condition.due, 'deadline', pointer);
    else if ('flagged' in condition) {
      if (!condition.flagged.startsWith('differs.'))
        this.#need(this.#checks, condition.flagged, 'check', pointer);
    } else if ('holds' in condition) this.#formula(condition.holds, pointer);
    else if ('all' in condition) for (const each of condition.all) this.#condition(each, pointer);
    else if ('any' in condition) for (const each of condition.any) this.#condition(each, pointer);
    else this.#condition(condition.not, pointer);
  }

  /** `columns`: names beside the fields; null where the fields are another register's. */
  #formula(text: string, pointer: string, columns: readonly string[] | null = []): void {
    let formula: Formula;
    try {
      formula = readFormula(text);
    } catch (error) {
      if (!(error instanceof FormulaFault)) throw error;
      this.#report(
        pointer,
        `formula '${text}', character ${error.at + 1}: ${error.message}`,
        'see docs/registers.md',
      );
      return;
    }
    const { names, calls } = partsOf(formula);
    if (columns === null) return;
    for (const [name = ''] of names)
      if (!columns.includes(name) && !['case_number', '_flags'].includes(name))
        this.#needField(name, pointer);
    for (const { name, args } of calls) {
      const [first] = args;
      if (name === 'asof' && (first?.op !== 'name' || first.path.length !== 2))
        this.#report(
          pointer,
          `formula '${text}': asof() looks at a property of what a field names`,
          'write asof(field.property, day)',
        );
      if (first?.op !== 'text') continue;
      if (name === 'param') this.#need(this.#parameters, first.value, 'parameter', pointer);
      if (name === 'walk') this.#need(this.#networks, first.value, 'network', pointer);
      if (name === 'balance') this.#need(this.#items, first.value, 'item', pointer);
      if (name === 'children') this.#need(this.#types, first.value, 'case type', pointer);
    }
  }
}
