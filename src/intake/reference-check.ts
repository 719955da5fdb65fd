import { isConvertible, parseUnit } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import { indicatorUnit, type Known } from './known.ts';
import { meant } from './nearest.ts';
import { quote } from './quote.ts';
import type { Shaped } from './yaml-shape.ts';

type Path = readonly PropertyKey[];
type Ids = { has(id: string): boolean; keys(): Iterable<string> };

/** Checks the references of one YAML file against what the workspace declares. */
export class ReferenceCheck {
  readonly #shaped: Shaped<unknown>;
  readonly #known: Known;
  readonly #findings: FindingList;

  constructor(shaped: Shaped<unknown>, known: Known, findings: FindingList) {
    this.#shaped = shaped;
    this.#known = known;
    this.#findings = findings;
  }

  area(path: Path, id: string | undefined): void {
    this.oneOf('area', path, id, this.#known.areas, 'city.yaml');
  }

  source(path: Path, id: string | undefined): void {
    this.oneOf('source', path, id, this.#known.sources, 'city.yaml');
  }

  indicator(path: Path, id: string | undefined): void {
    this.oneOf('indicator', path, id, this.#known.indicatorIds, 'indicators/*.yaml');
  }

  citation(path: Path, citation: { readonly source: string } | undefined): void {
    if (citation !== undefined) this.source([...path, 'source'], citation.source);
  }

  /** A reference to something that `home` declares; `among` null: the home could not be read. */
  oneOf(noun: string, path: Path, id: string | undefined, among: Ids | null, home: string): void {
    if (id === undefined || among === null || among.has(id)) return;
    this.error(`${noun}.unknown`, path, {
      what: `there is no ${noun} ${quote(id)}`,
      why: `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun} that is named must be declared in ${home}`,
      mend: `declare it there, or correct the id${meant(id, among.keys())}`,
    });
  }

  /** That a unit converts into the unit of an indicator. */
  unit(path: Path, code: string, indicator: string): void {
    const wanted = indicatorUnit(this.#known, indicator);
    const unit = parseUnit(code);
    if (wanted === null || unit === null || isConvertible(unit, wanted)) return;
    this.error('unit.not-convertible', path, {
      what: `${quote(code)} cannot be converted into ${quote(wanted.code)}, the unit of ${indicator}`,
      why: 'all values of an indicator measure the same thing; per cent and percentage point differ',
      mend: 'correct the unit, or name another indicator',
    });
  }

  /** That no id stands twice in a list. */
  unique(noun: string, path: Path, items: readonly { readonly id: string }[]): void {
    const seen = new Map<string, number>();
    items.forEach(({ id }, at) => {
      const first = seen.get(id);
      if (first === undefined) {
        seen.set(id, at);
        return;
      }
      const { row } = this.#shaped.place([...path, first]);
      this.error(`${noun}.duplicate`, [...path, at, 'id'], {
        what: `the ${noun} ${quote(id)} stands twice, first in line ${row ?? '?'}`,
        why: 'an id names one thing',
        mend: 'rename or delete one of them',
      });
    });
  }

  /** That parents exist and no chain of parents comes back to where it began. */
  tree(
    noun: string,
    path: Path,
    items: readonly { readonly id: string; readonly parent?: string | undefined }[],
  ): void {
    const parents = new Map(items.map(({ id, parent }) => [id, parent] as const));
    const settled = new Set<string>();
    items.forEach(({ id, parent }, at) => {
      const where = [...path, at, 'parent'];
      if (parent !== undefined && !parents.has(parent)) {
        this.error(`${noun}.unknown-parent`, where, {
          what: `the parent ${quote(parent)} of ${quote(id)} is not in the list`,
          why: `a ${noun} hangs below another one of the same list`,
          mend: `add it, or correct the id${meant(parent, parents.keys())}`,
        });
        return;
      }
      const chain = new Set<string>();
      let step: string | undefined = id;
      while (step !== undefined && !settled.has(step)) {
        if (chain.has(step)) {
          const round = [...chain].slice([...chain].indexOf(step));
          this.error(`${noun}.cycle`, where, {
            what: `the parents run in a circle: ${[...round.slice(0, 10), step].join(' → ')}`,
            why: `the ${noun}s form a tree`,
            mend: 'take one of these parents out',
          });
          break;
        }
        chain.add(step);
        step = parents.get(step);
      }
      for (const each of chain) settled.add(each);
    });
  }

  goal(path: Path, goal: string | undefined): void {
    if (goal === undefined || (Number(goal) >= 1 && Number(goal) <= 17 && !goal.startsWith('0'))) return;
    this.error('goal.unknown', path, {
      what: `there is no goal ${quote(goal)}`,
      why: 'the Sustainable Development Goals are numbered 1 to 17',
      mend: 'write a number from 1 to 17',
    });
  }

  error(rule: string, path: Path, said: { what: string; why: string; mend: string }): void {
    this.#findings.error(rule, this.#shaped.place(path), said);
  }

  warning(rule: string, path: Path, said: { what: string; why: string; mend: string }): void {
    this.#findings.warning(rule, this.#shaped.place(path), said);
  }
}
