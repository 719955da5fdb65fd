import { readForeignTable } from './delimited.ts';
import {
  componentId,
  type Names,
  nameOf,
  type SdmxRead,
  type SdmxRow,
  sureAttributes,
  takenBack,
} from './sdmx-read.ts';

/** `CODE: Name` of SDMX-CSV with labels=both. */
export function readCsv(bytes: Uint8Array): SdmxRead | string {
  const { columns, rows } = readForeignTable(bytes);
  const names: Names = new Map();
  const ids = columns.map((column) =>
    componentId(
      column
        .trim()
        .replace(/^\ufeff/, '')
        .replace(/^([A-Za-z][\w-]*)\s*:.*$/, '$1')
        // `CONTACT[]` holds several values, `STRUCTURE[;]` says what divides them.
        .replace(/\[.{0,1}\]$/, ''),
    ),
  );
  const labels = labelColumns(ids);
  if (!ids.includes('OBS_VALUE') || !ids.some((id) => /^(?:STRUCTURE|DATAFLOW|TIME_PERIOD)$/.test(id)))
    return 'the header is not one of SDMX-CSV: it names no OBS_VALUE and TIME_PERIOD';
  const both = columns.some((column) => /^[A-Za-z][\w-]*\s*:/.test(column.trim()));
  let structure: string | null = null;
  const read = rows.flatMap(({ line, cells }): SdmxRow[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const components = new Map<string, string>();
    ids.forEach((id, at) => {
      const cell = (cells[at] ?? '').trim();
      if (labels.has(at)) {
        const [code, of] = [(cells[at - 1] ?? '').trim(), ids[at - 1] ?? ''];
        if (code !== '' && cell !== '') nameOf(names, of, code, 'en', cell);
        return;
      }
      const labelled = both ? /^([A-Za-z0-9_@$-]+): (.+)$/.exec(cell) : null;
      components.set(id, labelled?.[1] ?? cell);
      if (labelled !== null) nameOf(names, id, labelled[1] ?? '', 'en', labelled[2] ?? '');
    });
    if (components.get('ACTION') === 'D') components.set('OBS_VALUE', takenBack);
    structure ??= components.get('STRUCTURE_ID') ?? components.get('DATAFLOW') ?? null;
    for (const id of [
      'STRUCTURE',
      'STRUCTURE_ID',
      'DATAFLOW',
      'ACTION',
      'SERIES_KEY',
      'OBS_KEY',
      'STRUCTURE_NAME',
      'LAST UPDATE',
    ])
      components.delete(id);
    return [{ at: line, components }];
  });
  if (read.length === 0) return 'there is no observation under the header';
  const behind = new Set(
    ids.filter((id, at) => at > ids.indexOf('OBS_VALUE') && id !== 'TIME_PERIOD' && !labels.has(at)),
  );
  return { rows: read, names, structure, attributes: sureAttributes(read, behind) };
}

/** Columns that name the code to their left (labels=name): they follow their component, and are no component's id themselves. */
function labelColumns(ids: readonly string[]): ReadonlySet<number> {
  const isId = (id: string | undefined): boolean => /^[A-Z][A-Z0-9_@$]*$/.test(id ?? '');
  const follows = ids.flatMap((id, at) => (at > 0 && !isId(id) && isId(ids[at - 1]) ? [at] : []));
  const own = ids.filter(
    (id) => isId(id) && !/^(?:STRUCTURE|STRUCTURE_ID|STRUCTURE_NAME|ACTION|DATAFLOW)$/.test(id),
  );
  return new Set(follows.length * 2 >= own.length ? follows : []);
}
