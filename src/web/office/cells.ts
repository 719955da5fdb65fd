import { z } from 'zod';
import type { Language } from '../../model/index.ts';
import type { CellKind } from '../../plan/index.ts';
import type { Store } from '../../store/index.ts';
import { problem } from '../api/problem.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import { type FormFields, readForm } from '../sign-in/form.ts';
import { randomToken } from '../sign-in/secret.ts';
import { param, type Site } from '../site.ts';
import { areaName, named } from '../view.ts';
import { holds, roles } from '../who.ts';
import { fill } from '../words.ts';
import { CellPage } from './cell-page.tsx';
import { officeRegisters, writeSteps } from './log.ts';
import { readFile } from './read-file.ts';
import { type OpenRound, type RoundCell, readCells, readRound, readRoundForSave } from './round-store.ts';
import { type GivenCell, givenCellSchema, type SavedCell, saveCells } from './save-cells.ts';
import { type CellTold, SheetPage, type SheetState } from './sheet-page.tsx';
import { stepCells } from './step-cells.ts';
import { officeWords } from './words.ts';
import { readSheet, valueColumn, writeSheet } from './xlsx.ts';

const savesSchema = z.strictObject({
  save: z.string().min(8).max(80),
  cells: z.array(givenCellSchema).min(1).max(5000),
});
/** Most bytes of a call and of a file. */
const most = { call: 2_000_000, file: 5_000_000 } as const;

interface Sheet {
  readonly open: OpenRound;
  readonly area: string;
  readonly department: string;
  readonly cells: readonly RoundCell[];
}

/** Cells: the sheet as a page, a spreadsheet and a call; one cell with its history; the steps that cells take. */
export function mountCells(site: Site, door: Door, office: Guard, store: Store): void {
  async function sheetAt(at: Guarded): Promise<Sheet | null> {
    const { c, here, person } = at;
    const [area, department] = [c.req.query('area') ?? '', c.req.query('department') ?? ''];
    const open = await readRound(store, here.city, param(c, 'round'));
    if (open === null || !holds(person, roles, area, department)) return null;
    const cells = (
      await readCells(store.within([area], [department]), here.city, open.round, here.place.workspace, {
        areas: [area],
      })
    ).filter((cell) => cell.department === department);
    return cells.length === 0 ? null : { open, area, department, cells };
  }
  const contextOf = (at: Guarded, open: OpenRound) => ({
    store,
    city: at.here.city,
    round: open.round,
    workspace: at.here.place.workspace,
    person: at.person,
    now: door.now(),
    language: at.view.language,
  });
  const nothing = { tells: new Map(), typed: new Map() };
  const show = (at: Guarded, sheet: Sheet, more: Partial<SheetState> = {}, status: 200 | 409 | 422 = 200) =>
    site.show(at.c, SheetPage({ view: at.view, person: at.person, ...nothing, ...sheet, ...more }), status);

  office.page('/rounds/:round/sheet/', roles, async (at) => {
    const sheet = await sheetAt(at);
    return sheet === null ? site.absent(at.c) : show(at, sheet);
  });

  /** Shows what came of a save, with what was typed and not stored still in its fields. */
  async function shown(
    at: Guarded,
    sheet: Sheet,
    given: readonly GivenCell[],
    results: readonly SavedCell[],
    more: readonly string[] = [],
  ) {
    const w = officeWords[at.view.language];
    const fresh = (await sheetAt(at)) ?? sheet;
    const streamOf = new Map(fresh.cells.map((cell) => [`${cell.indicator}|${cell.breakdown}`, cell.stream]));
    const tells = new Map<string, readonly CellTold[]>();
    const typed = new Map<string, { value: string; reason: string; note: string }>();
    let saved = 0;
    for (const result of results) {
      const stream = streamOf.get(`${result.indicator}|${result.breakdown}`) ?? '';
      const told = tellsOf(result, at);
      if (told.length > 0) tells.set(stream, told);
      if (result.outcome === 'saved') saved += 1;
      if (result.outcome === 'conflict' || result.outcome === 'refused') {
        const sent = given.find(
          (cell) => cell.indicator === result.indicator && cell.breakdown === result.breakdown,
        );
        if (sent !== undefined) typed.set(stream, sent);
      }
    }
    const bad =
      results.some(({ outcome }) => outcome === 'conflict' || outcome === 'refused') || more.length > 0;
    return show(
      at,
      fresh,
      { told: [fill(w.saved, { n: saved }), ...more].join(' '), alarm: bad, tells, typed },
      bad ? 409 : 200,
    );
  }

  office.form('/rounds/:round/sheet/', ['reporter', 'checker', 'approver'], 'sheet.act', async (at) => {
    const sheet = await sheetAt(at);
    if (sheet === null) return site.absent(at.c);
    const w = officeWords[at.view.language];
    const form = await readForm(at.c);
    const act = form.text('do');
    const given = changedOf(sheet, form);
    const context = contextOf(at, sheet.open);
    if (given.length > 0) {
      const results = await saveCells(context, given, randomToken(12));
      if (act === 'save' || results.some(({ outcome }) => outcome === 'conflict' || outcome === 'refused'))
        return shown(at, sheet, given, results);
    }
    if (act === 'save') return show(at, sheet, { told: fill(w.saved, { n: 0 }) });
    const kind = (['submitted', 'checked', 'approved', 'final'] as const).find((each) => each === act);
    if (kind === undefined) return site.absent(at.c);
    const fresh = (await sheetAt(at)) ?? sheet;
    const ready = fresh.cells.filter(({ now }) => now.state === stateBefore[kind]);
    const { done, left } = await stepCells(context, ready, kind);
    const after = (await sheetAt(at)) ?? sheet;
    const told = [fill(w.stepped, { n: done.length, step: w[`s_${kind}`] })];
    for (const why of new Set(left.map((each) => each.why)))
      told.push(fill(w.left, { n: left.filter((each) => each.why === why).length, why: w[`w_${why}`] }));
    return show(at, after, { told: told.join(' '), alarm: left.length > 0 });
  });

  office.form('/rounds/:round/upload/', ['reporter'], 'sheet.upload', async (at) => {
    const sheet = await sheetAt(at);
    if (sheet === null) return site.absent(at.c);
    const w = officeWords[at.view.language];
    const bytes = await readFile(at.c, 'file', most.file);
    const rows = bytes === null ? 'too-large' : await readSheet(bytes);
    if (rows === 'unreadable' || rows === 'too-large')
      return show(
        at,
        sheet,
        { told: rows === 'unreadable' ? w.xlsxUnreadable : w.xlsxTooLarge, alarm: true },
        422,
      );
    const known = new Map(
      sheet.cells.map((cell) => [
        [cell.area, cell.department, cell.indicator, cell.breakdown].join('|'),
        cell,
      ]),
    );
    const told: string[] = [];
    const given: GivenCell[] = [];
    const rowOf = new Map<string, number>();
    for (const { row, ...cell } of rows) {
      const at_ = known.get([cell.area, cell.department, cell.indicator, cell.breakdown].join('|'));
      const place = fill(w.rowCol, { row, column: valueColumn });
      if (at_ === undefined) told.push(fill(w.xlsxOther, { row }));
      else if (at_.now.value !== cell.value || at_.now.reason !== cell.reason || at_.now.note !== cell.note) {
        rowOf.set(`${cell.indicator}|${cell.breakdown}`, row);
        const read = givenCellSchema.safeParse(cell);
        if (read.success) given.push(read.data);
        else told.push(`${place}: ${w.f_form}`);
      }
    }
    const results =
      given.length === 0 ? [] : await saveCells(contextOf(at, sheet.open), given, randomToken(12));
    for (const result of results) {
      const place = fill(w.rowCol, {
        row: rowOf.get(`${result.indicator}|${result.breakdown}`) ?? 0,
        column: valueColumn,
      });
      if (result.outcome === 'refused')
        told.push(...tellsOf(result, at).map(({ text }) => `${place}: ${text}`));
      if (result.outcome === 'conflict')
        told.push(
          fill(w.xlsxStale, {
            row: rowOf.get(`${result.indicator}|${result.breakdown}`) ?? 0,
            who: result.theirs.enteredBy,
          }),
        );
    }
    return shown(at, sheet, given, results, told);
  });

  office.api('GET', '/rounds/:round/sheet.xlsx', roles, 'sheet.download', async (at) => {
    const sheet = await sheetAt(at);
    if (sheet === null) return problem(at.c, 404, 'There is no such sheet', new URL(at.c.req.url).pathname);
    const language = at.c.req.query('language') === 'zh' ? 'zh' : 'en';
    const bytes = await writeSheet(sheet.cells, (cell) => {
      const entry = at.here.entries.get(cell.indicator);
      return entry === undefined ? cell.indicator : named(entry.indicator.name, { language });
    });
    return at.c.body(bytes, 200, {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="${sheet.open.round.id}-${sheet.area}-${sheet.department}.xlsx"`,
    });
  });

  office.api('GET', '/rounds/:round/cells', roles, 'cells.read', async (at) => {
    const sheet = await sheetAt(at);
    if (sheet === null) return problem(at.c, 404, 'There is no such sheet', new URL(at.c.req.url).pathname);
    return at.c.json({
      round: sheet.open.round.id,
      cells: sheet.cells.map(({ area, department, indicator, period, breakdown, unit, now }) => ({
        area,
        department,
        indicator,
        period,
        breakdown,
        unit,
        value: now.value,
        reason: now.reason,
        note: now.note,
        state: now.state === '' ? null : now.state,
        expected: now.seq,
      })),
    });
  });
  office.api('POST', '/rounds/:round/cells', ['reporter'], 'cells.save', async (at) => {
    const { c } = at;
    const { pathname } = new URL(c.req.url);
    const open = await readRoundForSave(store, at.here.city, param(c, 'round'));
    if (open === null) return problem(c, 404, 'There is no such round', pathname);
    if (!(Number(c.req.header('content-length') ?? '0') <= most.call))
      return problem(c, 413, 'Too much at once', pathname);
    const text = await c.req.text();
    if (text.length > most.call) return problem(c, 413, 'Too much at once', pathname);
    const read = savesSchema.safeParse(jsonOf(text));
    if (!read.success)
      return problem(
        c,
        400,
        'The call is not in its form',
        pathname,
        read.error.issues
          .slice(0, 20)
          .map(({ path, message }) => ({ pointer: `/${path.map(String).join('/')}`, detail: message })),
      );
    const language = c.req.query('language') === 'zh' ? 'zh' : 'en';
    const results = await saveCells({ ...contextOf(at, open), language }, read.data.cells, read.data.save);
    const bad = results.some(({ outcome }) => outcome === 'conflict' || outcome === 'refused');
    return c.json({ cells: results }, bad ? 409 : 200);
  });
  office.api('POST', '/rounds/:round/submit', ['reporter'], 'cells.submit', async (at) => {
    const sheet = await sheetAt(at);
    if (sheet === null) return problem(at.c, 404, 'There is no such sheet', new URL(at.c.req.url).pathname);
    const { done, left } = await stepCells(
      contextOf(at, sheet.open),
      sheet.cells.filter(({ now }) => now.state === 'entered'),
      'submitted',
    );
    return at.c.json({
      submitted: done.length,
      left: left.map(({ cell, why }) => ({ indicator: cell.indicator, breakdown: cell.breakdown, why })),
    });
  });

  async function cellAt(at: Guarded) {
    const { c, here, person } = at;
    const [area, stream] = [c.req.query('area') ?? '', c.req.query('cell') ?? ''];
    const department = stream.split(':')[2] ?? '';
    const open = await readRound(store, here.city, param(c, 'round'));
    if (open === null || !/^cell:/.test(stream) || !holds(person, roles, area, department)) return null;
    const narrow = store.within([area], [department]);
    const [cell] = await readCells(narrow, here.city, open.round, here.place.workspace, {
      areas: [area],
      stream,
    });
    return cell === undefined ? null : { open, cell, narrow };
  }
  async function showCell(at: Guarded, told: string | null = null): Promise<Response> {
    const found = await cellAt(at);
    if (found === null) return site.absent(at.c);
    const { open, cell, narrow } = found;
    const events = await narrow.events(at.here.city, { areas: [cell.area], stream: cell.stream });
    const talk = await narrow.events(at.here.city, { areas: [cell.area], stream: `${cell.stream}:talk` });
    return site.show(
      at.c,
      CellPage({
        view: at.view,
        person: at.person,
        round: open.round,
        cell,
        events,
        talk: talk.map(({ occurred, actor, body }) => ({
          occurred,
          actor,
          text: typeof body.text === 'string' ? body.text : '',
        })),
        told,
      }),
    );
  }
  office.page('/rounds/:round/cell/', roles, (at) => showCell(at));
  office.form('/rounds/:round/cell/', roles, 'cell.act', async (at) => {
    const found = await cellAt(at);
    if (found === null) return site.absent(at.c);
    const { open, cell, narrow } = found;
    const w = officeWords[at.view.language];
    const form = await readForm(at.c);
    const act = form.text('do');
    const now = door.now();
    const href = `/${at.here.city}/office/rounds/${open.round.id}/cell/?area=${cell.area}&cell=${encodeURIComponent(cell.stream)}`;
    const notify = (
      person: string,
      words: (language: Language) => string,
      brief: (language: Language) => string,
    ) =>
      door.people.notify({
        city: at.here.city,
        id: randomToken(12),
        person,
        at: now.toISOString(),
        body: { en: words('en'), zh: words('zh'), brief: { en: brief('en'), zh: brief('zh') } },
        href,
        seen: null,
      });
    if (act === 'say') {
      const text = form.text('text').trim().slice(0, 2000);
      if (text === '') return showCell(at);
      const before = await narrow.events(at.here.city, { areas: [cell.area], stream: `${cell.stream}:talk` });
      const receipt = await writeSteps(
        narrow,
        at.here.city,
        at.person,
        now,
        [
          {
            area: cell.area,
            stream: `${cell.stream}:talk`,
            seq: before.length + 1,
            register: 'talk',
            kind: 'said',
            from: before.length === 0 ? '' : 'said',
            body: { text },
          },
        ],
        {},
        [{ register: 'talk', version: 1, steps: [...officeRegisters.talk] }],
      );
      if (receipt.outcome === 'refused') return showCell(at, w.w_conflict);
      const mentioned = new Set(
        [...text.matchAll(/@([\p{L}\p{N}._-]{2,60})/gu)].map(([, word = '']) => word.toLowerCase()),
      );
      const inPlace = new Set((await door.people.grants(at.here.city)).map(({ person }) => person));
      for (const person of await door.people.everyone())
        if (
          inPlace.has(person.id) &&
          [...mentioned].some((word) => person.email.startsWith(`${word}@`) || person.email === word)
        )
          await notify(
            person.id,
            (language) =>
              fill(officeWords[language].mentioned, { who: at.person.name, text: text.slice(0, 300) }),
            (language) => fill(officeWords[language].mentionedBrief, { who: at.person.name }),
          );
      return at.c.redirect(`/${at.view.language}${href}`, 303);
    }
    if (act !== 'returned' && act !== 'reopened') return showCell(at);
    const said = form.text('said').trim().slice(0, 1000);
    const { left } = await stepCells(contextOf(at, open), [cell], act, said === '' ? '–' : said);
    const [stopped] = left;
    if (stopped !== undefined) return showCell(at, fill(w.left, { n: 1, why: w[`w_${stopped.why}`] }));
    if (cell.now.enteredById !== '') {
      const what = (language: Language): string => {
        const entry = at.here.entries.get(cell.indicator);
        const indicator = entry === undefined ? cell.indicator : named(entry.indicator.name, { language });
        const area = areaName({ ...at.view, language }, cell.area);
        return language === 'zh' ? `${indicator}（${area}）` : `${indicator}, ${area}`;
      };
      const who = at.person.name;
      await notify(
        cell.now.enteredById,
        (language) => fill(officeWords[language].returnedNotice, { who, indicator: what(language), said }),
        (language) => fill(officeWords[language].returnedBrief, { who, indicator: what(language) }),
      );
    }
    return at.c.redirect(`/${at.view.language}${href}`, 303);
  });
}

const stateBefore: Readonly<Record<'submitted' | 'checked' | 'approved' | 'final', CellKind>> = {
  submitted: 'entered',
  checked: 'submitted',
  approved: 'checked',
  final: 'approved',
};

/** The cells of a form whose fields differ from what is stored. */
function changedOf(sheet: Sheet, form: FormFields): readonly GivenCell[] {
  return sheet.cells.flatMap((cell) => {
    const field = `${cell.indicator}|${cell.breakdown}`;
    const seq = form.text(`seq|${field}`);
    if (!/^\d{1,7}$/.test(seq)) return [];
    const read = givenCellSchema.safeParse({
      area: cell.area,
      department: cell.department,
      indicator: cell.indicator,
      breakdown: cell.breakdown,
      value: form.text(`value|${field}`).trim(),
      reason: form.text(`reason|${field}`).trim(),
      note: form.text(`note|${field}`).trim(),
      expected: Number(seq),
    });
    if (!read.success) return [];
    const { value, reason, note } = read.data;
    const isUntouched = value === cell.now.value && reason === cell.now.reason && note === cell.now.note;
    return isUntouched ? [] : [read.data];
  });
}

function tellsOf(result: SavedCell, at: Guarded): readonly CellTold[] {
  const w = officeWords[at.view.language];
  if (result.outcome === 'conflict') {
    const { value, reason, enteredBy, enteredAt } = result.theirs;
    return [
      {
        kind: 'conflict',
        text: fill(w.conflict, {
          who: enteredBy,
          value: value === '' ? reason : value,
          when: enteredAt.slice(0, 16).replace('T', ' '),
        }),
      },
    ];
  }
  const faults: CellTold[] = result.findings.map(({ message, mend, stops }) => ({
    kind: stops ? 'fault' : 'warning',
    text: `${message} ${mend}`,
  }));
  if (result.outcome !== 'refused' || result.why === 'value') return faults;
  const why = { unknown: w.unknownCell, 'not-yours': w.notYours, closed: w.closed }[result.why];
  return [{ kind: 'fault', text: why }, ...faults];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
