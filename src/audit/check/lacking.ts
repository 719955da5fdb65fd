import { cellsOf } from '../read/cells.ts';
import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

/** A head that promises for each measure what it is measured by. */
const promised = /^(?:key |core |main |monitoring )?indicators?$|^(?:关键|核心|主要|监测)?指标(?:名称)?$/i;

interface Group {
  readonly block: Block;
  readonly name: string;
  readonly end: number;
  given: boolean;
}

/** A table that names each measure's indicators, and a measure (with all the rows that belong to it) that has none. */
export function checkLacking(reading: Reading): Report {
  const report = emptyReport();
  const { blocks } = reading;
  for (const [at, head] of blocks.entries()) {
    if (head.kind !== 'row') continue;
    const heads = cellsOf(head.text);
    const column = heads.findIndex(({ text }) => promised.test(text));
    if (heads.length < 3 || column < 1) continue;
    const groups = groupsBelow(blocks.slice(at + 1), column);
    const without = groups.filter(({ given }) => !given);
    if (groups.length < 3 || without.length === 0 || without.length * 2 > groups.length) continue;
    report.findings.push({
      rule: 'table.column',
      places: without.map(({ block, name, end }) => placeIn(block, end - name.length, end)),
      values: {
        name: without.map(({ name }) => name).join('; '),
        column: heads[column]?.text ?? '',
      },
    });
  }
  return report;
}

const isRule = (block: Block): boolean => /^[|:\s-]+$/.test(block.text);

/** The measures of a table. A row that begins with an empty cell goes on with the measure above it. */
function groupsBelow(blocks: readonly Block[], column: number): Group[] {
  const groups: Group[] = [];
  for (const block of blocks) {
    if (block.kind !== 'row') break;
    if (isRule(block)) continue;
    // The first tab of a row that goes on is gone with its indent.
    const indent = !block.raw.startsWith('|') && (block.pieces[0]?.column ?? 1) > 1 ? 1 : 0;
    const cells = cellsOf(block.text);
    const said = cells[column - indent]?.text.replace(/<[^>]*>/g, '').trim() ?? '';
    const given = said !== '' && !/^[-–—/]+$/.test(said);
    const first = indent === 1 ? undefined : cells[0];
    const last = groups.at(-1);
    if (first !== undefined && first.text !== '')
      groups.push({ block, name: first.text, end: first.end, given });
    else if (last !== undefined && given) last.given = true;
  }
  return groups;
}
