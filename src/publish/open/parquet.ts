import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { OpenDescription } from './dataset.ts';
import type { OpenSeries } from './series.ts';
import { observationShape } from './tables.ts';

/**
 * Writes the table of values as Parquet, a row group for each batch of rows. `value` is text: a decimal of any length
 * stays exact, which a double would not. Readers cast it (DuckDB: `value::DECIMAL(38,10)`).
 */
export class ParquetFile {
  readonly #writer: ParquetWriter;
  readonly #bytes = new ByteWriter();
  readonly #file: number;
  readonly #path: string;
  readonly #columns: readonly { readonly name: string; readonly data: (string | null)[] }[];
  readonly #dimensions: readonly string[];
  #held = 0;

  constructor(path: string, dataset: OpenDescription) {
    this.#path = path;
    this.#file = openSync(path, 'w');
    const { columns } = observationShape(dataset);
    this.#dimensions = dataset.dimensions.map(({ id }) => id);
    this.#columns = columns.map(({ name }) => ({ name, data: [] }));
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map(({ name, required }) => ({
          name,
          type: 'BYTE_ARRAY' as const,
          converted_type: 'UTF8' as const,
          repetition_type: required ? ('REQUIRED' as const) : ('OPTIONAL' as const),
        })),
      ],
      kvMetadata: [
        { key: 'city', value: dataset.city },
        { key: 'asOf', value: String(dataset.asOf) },
      ],
      createdBy: 'modelcity',
      // Bounds of columns of text help no reader and take a tenth of the time.
      statistics: false,
    });
  }

  series(all: readonly OpenSeries[]): void {
    for (const { indicator, area, breakdown, periods, values, locators, said } of all) {
      const shared = [
        indicator,
        area,
        ...this.#dimensions.map((each) =>
          Object.hasOwn(breakdown, each) ? (breakdown[each] ?? null) : null,
        ),
      ];
      const [period, value, ...rest] = this.#columns.slice(shared.length);
      const locator = rest.pop();
      for (let at = 0; at < periods.length; at += 1) {
        for (let column = 0; column < shared.length; column += 1)
          this.#columns[column]?.data.push(shared[column] ?? null);
        period?.data.push(periods[at] ?? null);
        value?.data.push(values[at] ?? null);
        locator?.data.push(locators[at] ?? null);
        const own = said[at];
        rest[0]?.data.push(own?.unit ?? null);
        rest[1]?.data.push(own?.status ?? null);
        rest[2]?.data.push(own?.qualifier ?? null);
        rest[3]?.data.push(own?.comment ?? null);
        rest[4]?.data.push(own?.source ?? null);
      }
      this.#held += periods.length;
    }
    if (this.#held >= 25_000) this.#group();
  }

  #group(): void {
    if (this.#held === 0) return;
    this.#writer.write({
      columnData: this.#columns.map(({ name, data }) => ({ name, data })),
      rowGroupSize: this.#held,
    });
    for (const { data } of this.#columns) data.length = 0;
    this.#held = 0;
  }

  close(): { readonly bytes: number; readonly sha256: string } {
    this.#group();
    this.#writer.finish();
    writeSync(this.#file, this.#bytes.getBytes());
    closeSync(this.#file);
    const bytes = readFileSync(this.#path);
    return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
}
