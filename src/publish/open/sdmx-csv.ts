import { frequencyOf, sdmxPeriod, sdmxUnit } from './codes.ts';
import type { OpenSeries, Said } from './series.ts';
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

  /** Writes series; gives how many values have no period that SDMX can say. */
  series(all: readonly OpenSeries[]): number {
    let left = 0;
    for (const one of all) {
      let text = '';
      let frequency = '';
      let start = '';
      let last: Said | null = null;
      let tail = '';
      let isCut = false;
      for (let at = 0; at < one.periods.length; at += 1) {
        const own = one.said[at];
        const period = one.periods[at] ?? '';
        const time = sdmxPeriod(period);
        if (own === undefined || time === null) {
          left += 1;
          continue;
        }
        const often = frequencyOf(period);
        if (often !== frequency) {
          frequency = often;
          start = `${this.#start}${this.#key(one, frequency).join(',')},`;
        }
        if (own !== last) {
          last = own;
          const { code, power } = sdmxUnit(own.unit);
          tail = `,${code},${power},${own.status},${own.qualifier ?? ''},${own.comment === null ? '' : plainCell(own.comment)},`;
          // A cell is quoted as a whole: it can be put together only where neither part asks for it.
          isCut = one.isPlain && plainCell(own.source) === own.source;
          if (isCut) tail += sourceText(own.source, '');
        }
        const locator = one.locators[at] ?? '';
        text += `${start}${time},${one.values[at] ?? 'NaN'}${tail}${isCut ? locator : plainCell(sourceText(own.source, locator))}\n`;
      }
      this.#sink.write(text);
    }
    return left;
  }
}

/** Where in which document: what SOURCE_DETAIL says. */
export const sourceText = (source: string, locator: string): string => `${source}: ${locator}`;
