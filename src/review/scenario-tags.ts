import { chartTable, describeChart, drawChart } from '../chart/index.ts';
import { inLanguage } from '../language/index.ts';
import {
  type DrawnScenario,
  labChart,
  type ShownColumn,
  scenarioMarks,
  shownColumn,
  shownNumber,
  withUnit,
} from '../simulate/index.ts';
import type { Binder, TagPlace } from './binder.ts';
import { type Block, type Cell, type Inline, type Table, text } from './document.ts';
import type { ScenarioBook, ScenarioFigure } from './scenario-book.ts';
import { say } from './words.ts';

const drawingWidth = 640;

const cell = (...content: readonly Inline[]): Cell => ({ content });
const words = (value: string): Cell => cell(text(value));

function list(value = ''): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The scenarios of the place; reports when it has none. */
function bookOf(at: TagPlace, binder: Binder): ScenarioBook | null {
  if (binder.scenarios === null)
    binder.report(at, 'tag.scenario', 'error', 'no model is kept for this place', {
      why: 'a scenario is a run of the model of the place',
      mend: 'keep the model and the place’s file under models/, or leave the tag out',
    });
  return binder.scenarios;
}

function hasScenario(at: TagPlace, id: string, book: ScenarioBook, binder: Binder): boolean {
  if (book.scenario(id) !== undefined) return true;
  binder.report(at, 'tag.scenario', 'error', `there is no scenario called ${id.slice(0, 60)}`, {
    why: 'only a named scenario can be printed: it is kept with its seed and settings',
    mend: `use one of: ${book.scenarios.map((one) => one.id).join(', ')}`,
  });
  return false;
}

function hasVariable(at: TagPlace, variable: string, book: ScenarioBook, binder: Binder): boolean {
  if (book.model.lab.hasColumn(variable)) return true;
  binder.report(at, 'tag.scenario', 'error', `the model has no variable called ${variable.slice(0, 60)}`, {
    why: 'a result is told under the name that the model’s file gives it',
    mend: 'correct the name; the equations page lists all of them',
  });
  return false;
}

function figureOf(
  at: TagPlace,
  { scenario, variable, period }: Readonly<Record<'scenario' | 'variable' | 'period', string>>,
  book: ScenarioBook,
  binder: Binder,
): ScenarioFigure | null {
  if (!hasScenario(at, scenario, book, binder) || !hasVariable(at, variable, book, binder)) return null;
  const found = book.figure(scenario, variable, period);
  if (found === null)
    binder.report(at, 'tag.scenario', 'error', `the model has no result for ${period.slice(0, 20)}`, {
      why: 'a scenario has a value for each year of its run',
      mend: `use a year from ${book.model.sheet.run.start} to ${book.model.sheet.run.stop}`,
    });
  return found;
}

const attribute = (at: TagPlace, name: string): string => at.tag.attributes.get(name) ?? '';

/** A value with its unit, in the unit that the lab shows. */
function valueText(
  figure: ScenarioFigure,
  shown: ShownColumn,
  binder: Binder,
  decimals = shown.decimals,
): string {
  const number = shownNumber(Number(figure.value) * shown.unit.scale, decimals, binder.language);
  return withUnit(number, shown.unit.text, binder.language);
}

function numberOf(figure: ScenarioFigure, shown: string, binder: Binder, book: ScenarioBook): Inline {
  const column = shownColumn(book.model.lab, figure.variable, binder.language);
  const scenario = book.scenario(figure.scenario);
  binder.useScenario({
    figure,
    name: column.name,
    scenario: scenario === undefined ? figure.scenario : inLanguage(scenario.name, binder.language),
    value: valueText(figure, column, binder),
  });
  return {
    kind: 'number',
    text: shown,
    standing: 'forecast',
    code: figure.code,
    basis: say('scenarioBasis', binder.language, {
      i: column.name,
      s: scenario === undefined ? figure.scenario : inLanguage(scenario.name, binder.language),
      p: figure.period,
    }),
  };
}

/** `{% scenario variable="Greenhouse gases" scenario="all" period="2035" /%}`: one result, marked as a forecast. */
export function scenarioTag(at: TagPlace, binder: Binder): Inline[] {
  const book = bookOf(at, binder);
  const found =
    book === null
      ? null
      : figureOf(
          at,
          {
            scenario: attribute(at, 'scenario'),
            variable: attribute(at, 'variable'),
            period: attribute(at, 'period'),
          },
          book,
          binder,
        );
  if (book === null || found === null)
    return [
      {
        kind: 'number',
        text: say('notComputable', binder.language),
        standing: 'missing',
        code: null,
        basis: say('notComputable', binder.language),
      },
    ];
  const asked = attribute(at, 'decimals');
  const shown = shownColumn(book.model.lab, found.variable, binder.language);
  const decimals = /^\d{1,2}$/.test(asked) ? Math.min(9, Number(asked)) : shown.decimals;
  return [numberOf(found, valueText(found, shown, binder, decimals), binder, book)];
}

/** The scenarios that a block names, at most four beside the baseline. */
function chosen(at: TagPlace, book: ScenarioBook, binder: Binder): readonly string[] | null {
  const asked = list(at.tag.attributes.get('scenarios')).filter((id) => id !== 'baseline');
  if (asked.length > scenarioMarks.length) {
    binder.report(at, 'tag.scenario', 'error', `${asked.length} scenarios are named`, {
      why: `at most ${scenarioMarks.length} can be told apart beside the baseline`,
      mend: 'use several tags',
    });
    return null;
  }
  return asked.every((id) => hasScenario(at, id, book, binder)) ? asked : null;
}

/** `{% scenario-chart variable="Greenhouse gases" scenarios="all,energy" /%}`: baseline, scenarios, observations, targets. */
export function scenarioChart(at: TagPlace, binder: Binder): Block[] {
  const book = bookOf(at, binder);
  const variable = attribute(at, 'variable');
  if (book === null || !hasVariable(at, variable, book, binder)) return [];
  const ids = chosen(at, book, binder);
  if (ids === null) return [];
  const { lab } = book.model;
  const drawn = ids.flatMap((id, i): DrawnScenario[] => {
    const scenario = book.scenario(id);
    if (scenario === undefined) return [];
    const { values, seed, name } = scenario;
    return [
      {
        scenario: { name: inLanguage(name, binder.language), values, seed },
        table: book.table(scenario),
        mark: scenarioMarks[i] ?? '',
      },
    ];
  });
  const title = attribute(at, 'title');
  const state = labChart(lab, variable, drawn, binder.language);
  const told = chartTable(state);
  const last = String(lab.years().at(-1) ?? '');
  const codes = ['baseline', ...ids].flatMap((id) => {
    const found = book.figure(id, variable, last);
    if (found === null) return [];
    numberOf(found, '', binder, book);
    return [found.code];
  });
  const n = binder.nextChart();
  const stop = `${say('stop', binder.language)}${binder.language === 'en' ? ' ' : ''}`;
  const table: Table = {
    columns: told.head.map((_, column) => ({
      align: column === 0 ? 'left' : 'right',
      width: column === 0 ? 1 : 1.5,
    })),
    head: told.head.map((head) => words(head)),
    rows: told.rows.map((row) =>
      row.map((value, column) => (column === 0 ? { ...words(value), header: true } : words(value))),
    ),
  };
  return [
    {
      kind: 'chart',
      id: `figure-${n}`,
      label: say('chart', binder.language, { n }),
      caption: [text(`${title === '' ? state.title : title}${stop}${state.subtitle}`)],
      svg: drawChart(state, { width: drawingWidth }).svg,
      alt: describeChart(state),
      table,
      note: [text(say('scenarioNote', binder.language, { m: state.source }))],
      codes,
    },
  ];
}

/** `{% scenario-table variables="Energy; Coal" periods="2025,2035" scenarios="all" /%}`; names may hold commas, so `;` parts them. */
export function scenarioTable(at: TagPlace, binder: Binder): Block[] {
  const book = bookOf(at, binder);
  if (book === null) return [];
  const variables = attribute(at, 'variables')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const periods = list(at.tag.attributes.get('periods'));
  const others = chosen(at, book, binder);
  if (others === null || !variables.every((one) => hasVariable(at, one, book, binder))) return [];
  const ids = ['baseline', ...others];
  const { language } = binder;
  const rows = variables.flatMap((variable) =>
    periods.map((period) => {
      const shown = shownColumn(book.model.lab, variable, language);
      return [
        { ...cell(text(shown.name)), header: true },
        words(shown.unit.text),
        words(period),
        ...ids.map((scenario) => {
          const found = figureOf(at, { scenario, variable, period }, book, binder);
          if (found === null) return words(say('notComputable', language));
          const number = shownNumber(Number(found.value) * shown.unit.scale, shown.decimals, language);
          return cell(numberOf(found, number, binder, book));
        }),
      ];
    }),
  );
  const n = binder.nextTable();
  const title = attribute(at, 'title');
  return [
    {
      kind: 'table',
      id: `table-${n}`,
      label: say('table', language, { n }),
      caption: [text(title === '' ? say('scenarioResults', language) : title)],
      margin: true,
      note: [
        text(
          say('scenarioNote', language, {
            m: labChart(book.model.lab, variables[0] ?? '', [], language).source,
          }),
        ),
      ],
      table: {
        columns: [
          { align: 'left', width: 2.6 },
          { align: 'left', width: 1.4 },
          { align: 'left', width: 0.8 },
          ...ids.map(() => ({ align: 'right' as const, width: 1.3 })),
        ],
        head: [
          cell(text(say('indicator', language))),
          cell(text(say('unit', language))),
          cell(text(say('period', language))),
          ...ids.map((id) => {
            const scenario = book.scenario(id);
            return words(scenario === undefined ? id : inLanguage(scenario.name, language));
          }),
        ],
        rows,
      },
    },
  ];
}

/** Every scenario result that the review prints, with what repeats it. Null when it prints none. */
export function scenarioAnnex(binder: Binder): Block | null {
  const { language } = binder;
  if (binder.usedScenarios.length === 0) return null;
  return {
    kind: 'table',
    id: 'annex-scenarios',
    label: null,
    caption: [],
    margin: false,
    note: [text(say('scenarioAnnexNote', language))],
    table: {
      columns: [
        { align: 'left', width: 3 },
        { align: 'left', width: 2 },
        { align: 'left', width: 0.9 },
        { align: 'right', width: 2.2 },
        { align: 'left', width: 2.4 },
        { align: 'left', width: 1.6 },
      ],
      head: (['indicator', 'scenario', 'period', 'value', 'model', 'code'] as const).map((word) =>
        cell(text(say(word, language))),
      ),
      rows: binder.usedScenarios.map(({ figure, name, scenario, value }) => [
        { ...cell(text(name)), header: true },
        cell(text(scenario)),
        cell(text(figure.period)),
        cell({
          kind: 'number',
          text: value.replaceAll('\u00a0', ' '),
          standing: 'forecast',
          code: figure.code,
          basis: name,
        }),
        cell(
          text(
            say('modelSeed', language, {
              m: figure.model.slice(0, 8),
              e: figure.engine,
              s: String(figure.seed),
            }),
          ),
        ),
        cell({ kind: 'anchor', id: `f-${figure.code}`, text: figure.code }),
      ]),
    },
  };
}
