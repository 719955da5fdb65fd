import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, csvRecords } from './csv.ts';
import { FindingList } from './finding-list.ts';

function read(text: string): { records: CsvRecord[]; rules: string[] } {
  const findings = new FindingList();
  const records = [...csvRecords('x.csv', new TextEncoder().encode(text), findings)];
  return { records, rules: findings.toArray().map(({ rule, where }) => `${rule}:${where.row}`) };
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('records of a CSV file', () => {
  it('begin on the line they begin on, whatever cells hold', () => {
    expect(read('a,b\n"x\ny",2\r\n\r\n,\n3,4').records).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x\ny', '2'] },
      { line: 6, cells: ['3', '4'] },
    ]);
  });

  it('after a wrong quote are read on', () => {
    const { records, rules } = read('a,b\n1,"x\n2,3\n4,x"y\n5,6\n');
    expect(records.map(({ line }) => line)).toEqual([1, 3, 5]);
    expect(rules).toEqual(['table.quote:2', 'table.quote:4']);
  });

  it('come back from how RFC 4180 writes them', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', '数', '=') });
    const row = fc
      .array(cell, { minLength: 2, maxLength: 4 })
      .filter((cells) => cells.some((each) => each !== ''));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.constantFrom('\n', '\r\n'), (rows, end) => {
        const { records, rules } = read(rows.map((cells) => cells.map(quoted).join(',')).join(end) + end);
        expect(rules).toEqual([]);
        expect(records.map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });
});
