import type { Field, RegisterDeclaration, RegisterRole } from '../model/index.ts';
import type { Draft } from './draft.ts';
import { type FormValues, fieldsOf } from './form.ts';
import { Refusal } from './refusal.ts';
import { inChinese, type TableFault, type ToldInChinese } from './told.ts';

/** A table as read from a file: cells as text, the first row names the columns. */
export interface Sheet {
  readonly file: string;
  readonly rows: readonly (readonly string[])[];
}

/** A register as far as a table needs it. */
interface Taker {
  readonly declaration: RegisterDeclaration;
  addTo(draft: Draft, wanted: RowStep & { readonly values: FormValues }): Promise<string>;
}

/** What all rows of a table have in common. */
interface RowStep {
  readonly area: string;
  readonly kind: string;
  readonly as: RegisterRole;
  readonly department?: string;
  readonly actor: string | null;
  readonly now: string;
  readonly parent?: string;
}

export const mostTableRows = 20_000;

/** The columns of a table for a step: the area, then the fields by id. */
export function tableColumns(register: Pick<Taker, 'declaration'>, kind: string): readonly string[] {
  const step = register.declaration.steps.find((each) => each.kind === kind);
  return ['area', ...enterable(fieldsOf(register.declaration, step?.form)).map(({ id }) => id)];
}

function enterable(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ compute, type }) => compute === undefined && type !== 'photo' && type !== 'file');
}

/**
 * Puts every row of a table as a step that begins a case or an entity into one draft. Columns are named by a field's id
 * or its name in either language. Every fault of every row is told with its row and column.
 */
export async function tableToDraft(
  register: Taker,
  draft: Draft,
  sheet: Sheet,
  common: RowStep,
): Promise<readonly TableFault[]> {
  const { declaration } = register;
  const step = declaration.steps.find(({ kind }) => kind === common.kind);
  const fields = enterable(fieldsOf(declaration, step?.form));
  const [head = [], ...rows] = sheet.rows;
  const findings: TableFault[] = [];
  const report = (
    row: number,
    column: string | undefined,
    what: string,
    mend: string,
    zh: ToldInChinese,
    rule = 'table.cell',
  ): void => {
    findings.push({
      rule,
      severity: 'error',
      where: { file: sheet.file, row, ...(column === undefined ? {} : { column }) },
      what,
      why: 'a table is stored whole or not at all',
      mend,
      zh,
    });
  };
  if (rows.length > mostTableRows) {
    report(
      1,
      undefined,
      `the table has ${rows.length} rows; at most ${mostTableRows} are taken`,
      'split the table',
      { what: `表格有${rows.length}行，一次最多${mostTableRows}行`, mend: '请拆分表格' },
    );
    return findings;
  }
  const columns = head.map((name) => columnOf(name, fields));
  head.forEach((name, at) => {
    if (columns[at] === undefined && name.trim() !== '')
      report(
        1,
        name,
        `there is no field '${name.slice(0, 60)}'`,
        `columns are: area, ${fields.map(({ id }) => id).join(', ')}`,
        {
          what: `没有字段“${name.slice(0, 60)}”`,
          mend: `可用的列：区域、${fields.map(({ name: each }) => each.zh).join('、')}`,
        },
      );
    else if (columns[at] !== undefined && columns.indexOf(columns[at]) < at)
      report(1, name, 'the column stands twice', 'keep one', { what: '该列重复', mend: '只保留一列' });
  });
  if (findings.length > 0) return findings;
  if (rows.length === 0)
    report(1, undefined, 'the table has no rows', 'add one row a record', {
      what: '表格没有数据行',
      mend: '每条记录一行',
    });
  for (const [at, cells] of rows.entries()) {
    const row = at + 2;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.length > head.length && cells.slice(head.length).some((cell) => cell.trim() !== '')) {
      report(row, undefined, 'the row has more cells than the head', 'put the cells under a column', {
        what: '本行单元格多于表头',
        mend: '请将单元格放在列名之下',
      });
      continue;
    }
    const values: Record<string, string> = {};
    let area = common.area;
    columns.forEach((column, each) => {
      const text = (cells[each] ?? '').trim();
      if (column === undefined || text === '') return;
      if (column === 'area') area = text;
      else values[column.id] = choiceOf(column, text);
    });
    try {
      await register.addTo(draft, { ...common, area, values });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      for (const [place, finding] of error.findings.entries()) {
        const id = finding.where.pointer?.slice(1);
        const column = columns.findIndex((each) => typeof each === 'object' && each.id === id);
        const zh = inChinese(finding, error.faults[place]?.says.zh);
        report(row, head[column] ?? id, finding.what, finding.mend, zh, finding.rule);
      }
    }
    if (findings.length >= 200) break;
  }
  return findings;
}

function columnOf(name: string, fields: readonly Field[]): Field | 'area' | undefined {
  const text = name.normalize('NFKC').trim().toLowerCase();
  if (text === 'area' || text === '区域') return 'area';
  return fields.find(
    ({ id, name: known, unit }) =>
      id === text ||
      [known.en, known.zh].some(
        (each) => each.toLowerCase() === text || `${each.toLowerCase()} (${unit ?? ''})` === text,
      ),
  );
}

/** A choice may be given by its name. */
function choiceOf({ choices }: Field, text: string): FormValues[string] {
  const found = choices?.find(({ id, name }) => id === text || name.en === text || name.zh === text);
  return found?.id ?? text;
}
