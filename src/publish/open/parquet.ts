import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { OpenDescription } from './dataset.ts';
import { ListedColumn, type ParquetColumn, type ParquetPage, PlainColumn } from './parquet-column.ts';
import type { OpenSeries, Said } from './series.ts';
import { FileSink } from './sink.ts';
import { observationShape } from './tables.ts';

const rowsInGroup = 25_000;

/** Bytes that go to the file whenever a group of rows is complete; `offset` counts on. */
class GroupWriter extends ByteWriter {
  readonly #sink: FileSink;

  constructor(sink: FileSink) {
    super();
    this.#sink = sink;
  }

  flush(): void {
    this.#sink.bytes(this.getBytes());
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

/**
 * Writes the table of values as Parquet, a row group for each batch of rows. `value` is text: a decimal of any length
 * stays exact, which a double would not. Readers cast it (DuckDB: `value::DECIMAL(38,10)`).
 *
 * Pages are made by our own columns, which are told what a series shares once; head and foot of the file are the library's.
 */
export class ParquetFile {
  readonly #sink: FileSink;
  readonly #writer: ParquetWriter;
  readonly #columns: readonly { readonly name: string; readonly column: ParquetColumn }[];
  readonly #dimensions: readonly string[];
  #held = 0;

  constructor(path: string, dataset: OpenDescription) {
    this.#sink = new FileSink(path);
    const { columns } = observationShape(dataset);
    this.#dimensions = dataset.dimensions.map(({ id }) => id);
    this.#columns = columns.map(({ name, required }) => ({
      name,
      column: name === 'value' || name === 'locator' ? new PlainColumn(required) : new ListedColumn(required),
    }));
    this.#writer = new ParquetWriter({
      writer: new GroupWriter(this.#sink),
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
    });
  }

  series(all: readonly OpenSeries[]): void {
    const columns = this.#columns.map(({ column }) => column);
    for (const { indicator, area, breakdown, periods, values, locators, said } of all) {
      const shared = [
        indicator,
        area,
        ...this.#dimensions.map((each) =>
          Object.hasOwn(breakdown, each) ? (breakdown[each] ?? null) : null,
        ),
      ];
      const count = periods.length;
      for (const [at, cell] of shared.entries()) columns[at]?.add(cell, count);
      const [period, value, unit, status, qualifier, comment, source, locator] = columns.slice(shared.length);
      for (const each of periods) period?.add(each);
      for (const each of values) value?.add(each);
      for (const each of locators) locator?.add(each);
      for (const [own, times] of runsOf(said)) {
        unit?.add(own.unit, times);
        status?.add(own.status, times);
        qualifier?.add(own.qualifier, times);
        comment?.add(own.comment, times);
        source?.add(own.source, times);
      }
      this.#held += count;
    }
    if (this.#held >= rowsInGroup) this.#group();
  }

  #group(): void {
    if (this.#held === 0) return;
    const { writer } = this.#writer;
    const from = writer.offset;
    const columns = this.#columns.map(({ name, column }) => {
      const start = writer.offset;
      const { pages, isListed } = column.take();
      const places = [];
      let whole = 0;
      for (const page of pages) {
        places.push(BigInt(writer.offset));
        whole += this.#page(page);
      }
      return {
        file_offset: BigInt(start),
        meta_data: {
          type: 'BYTE_ARRAY' as const,
          encodings: isListed ? (['PLAIN', 'RLE_DICTIONARY'] as const) : (['PLAIN'] as const),
          path_in_schema: [name],
          codec: 'SNAPPY' as const,
          num_values: BigInt(this.#held),
          total_compressed_size: BigInt(writer.offset - start),
          total_uncompressed_size: BigInt(whole),
          data_page_offset: places.at(-1) ?? 0n,
          ...(isListed && places[0] !== undefined ? { dictionary_page_offset: places[0] } : {}),
        },
      };
    });
    this.#writer.row_groups.push({
      columns: columns.map(({ meta_data, ...rest }) => ({
        ...rest,
        meta_data: { ...meta_data, encodings: [...meta_data.encodings] },
      })),
      total_byte_size: columns.reduce((sum, each) => sum + each.meta_data.total_uncompressed_size, 0n),
      num_rows: BigInt(this.#held),
      total_compressed_size: BigInt(writer.offset - from),
    });
    this.#writer.num_rows += BigInt(this.#held);
    this.#held = 0;
    writer.flush?.();
  }

  /** Writes a page with its head, a struct of Thrift's compact protocol; gives its size before compression. */
  #page({ kind, counts, levels, values }: ParquetPage): number {
    const { writer } = this.#writer;
    const compressed = this.#writer.compressors.SNAPPY(values);
    const before = writer.offset;
    const field = (step: number, value: number): void => {
      writer.appendUint8((step << 4) | 5);
      writer.appendVarInt(value << 1);
    };
    field(1, kind);
    field(1, levels.length + values.length);
    field(1, levels.length + compressed.length);
    writer.appendUint8(((kind === 2 ? 4 : 5) << 4) | 12);
    for (const count of counts) field(1, count);
    writer.appendUint8(0);
    writer.appendUint8(0);
    const head = writer.offset - before;
    writer.appendBytes(levels);
    writer.appendBytes(compressed);
    return head + levels.length + values.length;
  }

  close(): { readonly bytes: number; readonly sha256: string } {
    this.#group();
    this.#writer.finish();
    return this.#sink.close();
  }
}

function* runsOf(said: readonly Said[]): Generator<readonly [said: Said, times: number]> {
  let from = 0;
  for (let at = 1; at <= said.length; at += 1) {
    const first = said[from];
    if (first === undefined || said[at] === first) continue;
    yield [first, at - from];
    from = at;
  }
}
