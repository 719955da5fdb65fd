import type { Dimension } from '../../model/index.ts';
import { Identifiers, identifierOf } from '../foreign/identifier.ts';
import { reservedColumns } from '../known.ts';
import type { Dictionary } from './dictionary.ts';
import type { Oddities } from './oddities.ts';

/** The breakdown dimensions of all data files: a column name is one dimension wherever it stands. */
export class Dimensions {
  readonly #dictionary: Dictionary;
  readonly #oddities: Oddities;
  readonly #ids = new Identifiers((name) => identifierOf(name), [...reservedColumns, 'constructor']);
  readonly #columns = new Map<
    string,
    { readonly id: string; readonly name: string; readonly values: Identifiers }
  >();

  constructor(dictionary: Dictionary, oddities: Oddities) {
    this.#dictionary = dictionary;
    this.#oddities = oddities;
  }

  column(name: string, file: string): { readonly id: string; value(text: string): string } {
    const plain = name.toLowerCase();
    let column = this.#columns.get(plain);
    if (column === undefined) {
      column = { id: this.#ids.of(plain), name, values: new Identifiers() };
      this.#columns.set(plain, column);
    } else if (column.name !== name)
      this.#oddities.note(
        'header.case',
        { file, row: 1, column: name },
        `the column is written ${name} here and ${column.name} elsewhere`,
        'they are taken as one',
        'write them alike',
      );
    const { id, values } = column;
    return { id, value: (text) => values.of(text) };
  }

  get all(): readonly Dimension[] {
    return [...this.#columns.values()]
      .filter(({ values }) => values.entries.length > 0)
      .map(({ id, name, values }) => ({
        id,
        name: this.#dictionary.label(name),
        values: values.entries.map(([label, value]) => ({
          id: value,
          name: this.#dictionary.label(label, name),
        })),
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
