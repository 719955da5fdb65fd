import { decimalsOf, formatValue, moveText, periodText } from '../language/index.ts';
import {
  type Breakdown,
  convert,
  decimal,
  isShare,
  type Measure,
  parseUnit,
  toDecimal,
} from '../model/index.ts';
import type { Binder, BoundFigure, TagPlace } from './binder.ts';
import type { ChapterInline, Tag } from './chapter.ts';
import { count } from './count.ts';
import { type Inline, named, text } from './document.ts';
import { scenarioTag } from './scenario-tags.ts';
import type { ChangeKind } from './tags.ts';
import { targetsIn } from './targets.ts';
import { locatorText, say } from './words.ts';

/** Inlines of a chapter with every tag resolved. */
export function bindInlines(content: readonly ChapterInline[], binder: Binder, file: string): Inline[] {
  return content.flatMap((inline, at) =>
    binder.language === 'zh' && inline.kind === 'text' && endsInMark(content[at - 1])
      ? [text(inline.text.trimStart())]
      : bindInline(inline, binder, file, content[at + 1]),
  );
}

/** Whether `**投入。**` stands before: Markdown asks for a space behind it, a full-width mark brings its own. */
function endsInMark(inline: ChapterInline | undefined): boolean {
  if (inline?.kind !== 'strong' && inline?.kind !== 'emphasis') return false;
  const last = inline.content.at(-1);
  return last?.kind === 'text' && /[。，、：；！？]$/.test(last.text);
}

function bindInline(inline: ChapterInline, binder: Binder, file: string, next?: ChapterInline): Inline[] {
  switch (inline.kind) {
    case 'text':
      return [text(inline.text)];
    case 'softbreak':
      return softbreak(next, binder);
    case 'break':
      return [{ kind: 'break' }];
    case 'strong':
    case 'emphasis':
      return [{ kind: inline.kind, content: bindInlines(inline.content, binder, file) }];
    case 'link':
      return [{ kind: 'link', href: inline.href, content: bindInlines(inline.content, binder, file) }];
    case 'tag':
      return inline.tag.name === 'say'
        ? bindInlines(inline.content, binder, file)
        : bindTag({ file, tag: inline.tag }, binder);
  }
}

/** A line end in the source is a space in English and nothing in Chinese, unless Latin text follows. */
function softbreak(next: ChapterInline | undefined, binder: Binder): Inline[] {
  if (binder.language === 'en') return [text(' ')];
  return next?.kind === 'text' && /^[A-Za-z0-9]/.test(next.text) ? [text(' ')] : [];
}

function bindTag(at: TagPlace, binder: Binder): Inline[] {
  const { tag } = at;
  switch (tag.name) {
    case 'value':
      return figureTag(at, binder, { kind: 'value', period: attribute(tag, 'period') });
    case 'rank':
      return figureTag(at, binder, { kind: 'rank', period: attribute(tag, 'period') });
    case 'mean':
      return figureTag(at, binder, {
        kind: 'mean',
        from: attribute(tag, 'from'),
        to: attribute(tag, 'to'),
      });
    case 'share':
      return figureTag(at, binder, {
        kind: 'share',
        period: attribute(tag, 'period'),
        of: attribute(tag, 'of'),
      });
    case 'change':
      return changeTag(at, binder);
    case 'count':
      return count(at, binder);
    case 'target':
      return targetTag(at, binder);
    case 'claim':
      return claimTag(at, binder);
    case 'cite':
      return citeTag(at, binder);
    case 'scenario':
      return scenarioTag(at, binder);
    default:
      return [];
  }
}

const attribute = (tag: Tag, name: string): string => tag.attributes.get(name) ?? '';

/** `sex=f, age=0-14` as a breakdown. */
export function breakdownOf(tag: Tag): Breakdown {
  const pairs = attribute(tag, 'breakdown')
    .split(',')
    .map((pair) => pair.split('=').map((part) => part.trim()))
    .filter(([dimension, value]) => dimension !== undefined && dimension !== '' && value !== undefined);
  return Object.fromEntries(pairs.map(([dimension = '', value = '']) => [dimension, value]));
}

function bound(at: TagPlace, binder: Binder, measure: Measure): BoundFigure | null {
  const id = attribute(at.tag, 'indicator');
  const area = at.tag.attributes.get('area') ?? binder.workspace.city.area;
  if (binder.placeOf(area) === null) {
    binder.report(at, 'tag.area', 'error', `the area ${area} is not in this workspace`, {
      why: 'a figure is always about one known area',
      mend: 'use an id that stands under areas in city.yaml, here or in a district workspace',
    });
    return null;
  }
  const found = binder.figure(id, area, measure, breakdownOf(at.tag));
  if (found === null)
    binder.report(at, 'tag.indicator', 'error', `the indicator ${id} is not in this workspace`, {
      why: 'a number in the text must come from a declared indicator',
      mend: 'correct the id, or declare the indicator in indicators/',
    });
  else if (found.figure.value === null)
    binder.report(
      at,
      'tag.missing',
      'warning',
      `${id} has no value here: ${found.figure.missing?.en ?? 'no reason'}`,
      {
        why: 'the text will say that it is not reported, with the reason',
        mend: 'hand in the value, or write the sentence without it',
      },
    );
  return found;
}

const unknown = (binder: Binder): Inline[] => [
  {
    kind: 'number',
    text: say('notReported', binder.language),
    standing: 'missing',
    code: null,
    basis: say('notComputable', binder.language),
  },
];

/** A value that is missing is told with its reason, in place. */
function missing(found: BoundFigure, binder: Binder): Inline[] {
  const reason = found.figure.missing;
  const shown =
    reason === null
      ? say('notReported', binder.language)
      : say('notReportedWhy', binder.language, { why: named(reason, binder.language) });
  return [binder.number(found, shown)];
}

interface Shown {
  readonly value: string;
  readonly unit: string;
  readonly decimals: number;
}

/** The value in the unit and with the decimals the tag asks for. */
function shownAs(found: BoundFigure, at: TagPlace, binder: Binder): Shown {
  const { figure } = found;
  const exact = figure.value ?? '0';
  const wanted = at.tag.attributes.get('unit');
  const asked = at.tag.attributes.get('decimals');
  const decimals =
    asked !== undefined && /^\d{1,2}$/.test(asked) ? Math.min(Number(asked), 12) : figure.decimals;
  if (wanted === undefined || wanted === figure.unit) return { value: exact, unit: figure.unit, decimals };
  const [from, to] = [parseUnit(figure.unit), parseUnit(wanted)];
  const converted = from !== null && to !== null ? convert(decimal(exact), from, to) : null;
  if (converted !== null) return { value: toDecimal(converted), unit: wanted, decimals };
  binder.report(at, 'tag.unit', 'error', `${figure.unit} cannot be stated in ${wanted.slice(0, 40)}`, {
    why: 'the two units measure different things',
    mend: `use ${figure.unit} or a unit that converts into it`,
  });
  return { value: exact, unit: figure.unit, decimals };
}

function figureTag(at: TagPlace, binder: Binder, measure: Measure): Inline[] {
  const found = bound(at, binder, measure);
  if (found === null) return unknown(binder);
  if (found.figure.value === null) return missing(found, binder);
  return [binder.number(found, binder.text(found.figure, shownAs(found, at, binder)))];
}

function changeTag(at: TagPlace, binder: Binder): Inline[] {
  const { tag } = at;
  const from = attribute(tag, 'from');
  const to = attribute(tag, 'to');
  const indicator =
    binder.indicator(attribute(tag, 'indicator')) ??
    binder.indicator(
      attribute(tag, 'indicator'),
      binder.placeOf(tag.attributes.get('area') ?? '') ?? binder.here,
    );
  const unit = indicator === null ? null : parseUnit(indicator.unit);
  const usual: ChangeKind = unit !== null && isShare(unit) ? 'points' : 'relative';
  const kind = changeKind(tag.attributes.get('as')) ?? usual;
  const found = bound(at, binder, { kind, from, to });
  if (found === null) return unknown(binder);
  const { figure } = found;
  if (figure.value === null) return missing(found, binder);
  const shown = shownAs(found, at, binder);
  const form = tag.attributes.get('form') ?? 'signed';
  if (form === 'plain' || kind === 'ratio')
    return [binder.number(found, binder.text(figure, shown, { form: 'plain' }))];
  if (form === 'signed') return [binder.number(found, binder.text(figure, shown, { form: 'signed' }))];
  const amount = binder.text(figure, shown, { form: 'plain' });
  return [binder.number(found, moveText(figure.value, kind, amount, binder.language))];
}

function changeKind(name: string | undefined): ChangeKind | null {
  switch (name) {
    case 'relative':
    case 'points':
    case 'absolute':
    case 'growth':
    case 'ratio':
      return name;
    default:
      return null;
  }
}

function targetTag(at: TagPlace, binder: Binder): Inline[] {
  const { tag } = at;
  const area = tag.attributes.get('area') ?? binder.workspace.city.area;
  const place = binder.placeOf(area) ?? binder.here;
  const found = targetsIn(place).find(
    (target) =>
      target.indicator === attribute(tag, 'indicator') &&
      target.area === area &&
      target.period === attribute(tag, 'period'),
  );
  if (found === undefined) {
    binder.report(
      at,
      'tag.target',
      'error',
      `there is no target for ${attribute(tag, 'indicator')} in ${attribute(tag, 'period')}`,
      {
        why: 'a target in the text must come from targets/ or from a plan',
        mend: 'add the row with its source, or correct indicator, area or period',
      },
    );
    return unknown(binder);
  }
  const asked = tag.attributes.get('decimals');
  const decimals = asked !== undefined && /^\d{1,2}$/.test(asked) ? Number(asked) : decimalsOf(found.value);
  const source = binder.source(found.source, place);
  return [
    {
      kind: 'number',
      text: formatValue(
        { value: found.value, unit: found.unit, decimals, qualifier: found.qualifier },
        binder.language,
      ),
      standing: 'present',
      code: null,
      basis: say('targetBasis', binder.language, {
        p: periodText(found.period, binder.language),
        s: `[${source}]`,
        l: locatorText(found.locator, binder.language),
      }),
    },
  ];
}

/** What a document states of a series and the data cannot give: printed as stated, with its source beside it. */
function claimTag(at: TagPlace, binder: Binder): Inline[] {
  const ref = attribute(at.tag, 'ref');
  const claim = binder.workspace.claims.find((each) => each.ref === ref);
  if (claim === undefined || claim.value === null) {
    binder.report(at, 'tag.claim', 'error', `there is no claim ${ref.slice(0, 60)} with a value`, {
      why: 'a stated number in the text must come from claims/',
      mend: 'correct the ref, or add the row with its source',
    });
    return unknown(binder);
  }
  const source = binder.source(claim.source);
  const locator = locatorText(claim.locator, binder.language);
  const shown = { ...claim, value: claim.value, decimals: decimalsOf(claim.value) };
  const form = at.tag.attributes.get('form') === 'plain' ? ({ form: 'plain' } as const) : {};
  return [
    {
      kind: 'number',
      text: formatValue(shown, binder.language, form),
      standing: 'present',
      code: null,
      basis: say('claimBasis', binder.language, { s: `[${source}]`, l: locator }),
    },
    { kind: 'cite', source, locator },
  ];
}

function citeTag(at: TagPlace, binder: Binder): Inline[] {
  const source = binder.source(attribute(at.tag, 'source'));
  if (source === 0) {
    binder.report(
      at,
      'tag.source',
      'error',
      `the source ${attribute(at.tag, 'source')} is not in this workspace`,
      {
        why: 'what is cited stands in the list of sources',
        mend: 'add it under sources in city.yaml with producer, date and licence',
      },
    );
    return [];
  }
  return [{ kind: 'cite', source, locator: locatorText(attribute(at.tag, 'locator'), binder.language) }];
}
