import { frequencyOf, sdmxPeriod, sdmxUnit } from './codes.ts';
import type { OpenRow } from './dataset.ts';
import type { Sink } from './sink.ts';
import { keyReader, type Structure } from './structure.ts';
import { plainCell } from './text.ts';

export const sdmxCsvType = 'application/vnd.sdmx.data+csv;version=2.0.0';

/** Writes SDMX-CSV 2.0 (field guide of sdmx-twg/sdmx-csv): one observation a line, codes only, the action I (information). */
export class SdmxCsvWriter {
  readonly #sink: Sink;
  readonly #start: string;
  readonly #key: ReturnType<typeof keyReader>;

  constructor(sink: Sink, structure: Structure) {
    this.#sink = sink;
    this.#key = keyReader(structure);
    const { agency, dataflow, version, dimensions, attributes } = structure;
    this.#start = `dataflow,${agency}:${dataflow}(${version}),I,`;
    const columns = [
      'STRUCTURE',
      'STRUCTURE_ID',
      'ACTION',
      ...dimensions.map(({ id }) => id),
      'TIME_PERIOD',
      'OBS_VALUE',
      ...attributes.map(({ id }) => id),
    ];
    sink.write(`${columns.join(',')}\n`);
  }

  /** Writes rows; gives how many of them have no period that SDMX can say. */
  rows(rows: readonly OpenRow[]): number {
    let left = 0;
    let codes: readonly string[] | null = null;
    let start = '';
    for (const row of rows) {
      const period = sdmxPeriod(row.period);
      if (period === null) {
        left += 1;
        continue;
      }
      const { code, power } = sdmxUnit(row.unit);
      const key = this.#key(row, frequencyOf(row.period));
      if (key !== codes) {
        codes = key;
        start = `${this.#start}${key.join(',')}`;
      }
      const source = plainCell(sourceText(row));
      const comment = row.comment === null ? '' : plainCell(row.comment);
      this.#sink.write(
        `${start},${period},${row.value ?? 'NaN'},${code},${power},${row.status},${row.qualifier ?? ''},${comment},${source}\n`,
      );
    }
    return left;
  }
}

export function sourceText({ source, locator }: Pick<OpenRow, 'source' | 'locator'>): string {
  return `${source}: ${locator}`;
}
