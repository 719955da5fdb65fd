import type { Completeness, Figure, Indicator, SourceDocument } from '../../model/index.ts';
import type { Catalogue } from '../catalogue.ts';

/** Nouns as the JSON interface gives them: every optional thing is there, as null. */
export function placeJson({ place, entries, valueCount }: Catalogue) {
  const { city } = place.workspace;
  return {
    id: city.id,
    name: city.name,
    area: city.area,
    partOf: city.partOf ?? null,
    asOf: place.asOf,
    indicators: entries.size,
    values: valueCount,
  };
}

export function indicatorJson(indicator: Indicator) {
  const { id, version, name, definition, unit, formula, direction, goals, targets, key } = indicator;
  return {
    id,
    version,
    name,
    definition: definition ?? null,
    unit,
    formula: formula ?? null,
    direction,
    goals,
    targets,
    key,
  };
}

export function figureJson(figure: Figure) {
  const { key, code, value, unit, status, qualifier, missing, asOf, root } = figure;
  return {
    code,
    indicator: key.indicator,
    area: key.area,
    breakdown: { ...key.breakdown },
    measure: { ...key.measure },
    value,
    unit,
    status,
    qualifier,
    missing,
    asOf,
    root,
  };
}

export function tracedFigureJson(figure: Figure) {
  const { fraction, decimals, formula, contributions, completeness } = figure;
  return {
    ...figureJson(figure),
    fraction,
    decimals,
    formula: { ...formula },
    contributions: contributions.map((contribution) => ({ ...contribution })),
    completeness: completeness === null ? null : completenessJson(completeness),
  };
}

function completenessJson({ present, expected, missing, of, least, reasons }: Completeness) {
  return {
    present,
    expected,
    missing: [...missing],
    ...(of === undefined ? {} : { of: { ...of } }),
    ...(least === undefined ? {} : { least }),
    ...(reasons === undefined
      ? {}
      : {
          reasons: reasons.map(({ reason, count, names }) => ({
            reason: { ...reason },
            count,
            names: [...names],
          })),
        }),
  };
}

export function sourceJson({ id, title, producer, date, licence, url, sha256 }: SourceDocument) {
  return { id, title, producer, date, licence, url: url ?? null, sha256: sha256 ?? null };
}

const qualified = (name: string) => ({ $: name, type: 'prov:QUALIFIED_NAME' });

/** A figure's origin in the W3C's PROV-JSON (Member Submission of 2013): figure ← computation ← records ← documents ← who made them. */
export function provJson(figure: Figure, { city, sources }: Catalogue): Record<string, unknown> {
  const records = [...new Map(figure.contributions.map((each) => [each.record, each])).values()];
  const documents = [...new Set(records.map(({ source }) => source))];
  const figureId = `mc:figure/${figure.code}`;
  const activity = `mc:computation/${figure.code}`;
  return {
    prefix: { mc: `urn:modelcity:${city}:`, xsd: 'http://www.w3.org/2001/XMLSchema#' },
    entity: {
      [figureId]: {
        'prov:type': qualified('mc:Figure'),
        'prov:value': figure.value,
        'mc:unit': figure.unit,
        'mc:root': figure.root,
        'mc:asOf': figure.asOf,
      },
      ...Object.fromEntries(
        records.map((each) => [
          `mc:${each.record}`,
          {
            'prov:type': qualified('mc:Record'),
            'prov:value': each.quantity,
            'mc:unit': each.unit,
            'mc:status': each.status,
            'mc:locator': each.locator,
          },
        ]),
      ),
      ...Object.fromEntries(
        documents.map((id) => {
          const source = sources.get(id);
          return [
            `mc:source/${id}`,
            {
              'prov:type': qualified('mc:Source'),
              ...(source === undefined
                ? {}
                : {
                    'prov:label': [
                      { $: source.title.en, lang: 'en' },
                      { $: source.title.zh, lang: 'zh' },
                    ],
                    'mc:published': source.date,
                  }),
            },
          ];
        }),
      ),
    },
    agent: Object.fromEntries(
      documents.flatMap((id) => {
        const producer = sources.get(id)?.producer;
        return producer === undefined
          ? []
          : [
              [
                `mc:producer/${id}`,
                {
                  'prov:label': [
                    { $: producer.en, lang: 'en' },
                    { $: producer.zh, lang: 'zh' },
                  ],
                },
              ],
            ];
      }),
    ),
    wasAttributedTo: Object.fromEntries(
      documents.flatMap((id, at) =>
        sources.get(id) === undefined
          ? []
          : [[`_:a${at}`, { 'prov:entity': `mc:source/${id}`, 'prov:agent': `mc:producer/${id}` }]],
      ),
    ),
    activity: {
      [activity]: { 'mc:formula': figure.formula.text, 'mc:formulaVersion': figure.formula.version },
    },
    wasGeneratedBy: { '_:g': { 'prov:entity': figureId, 'prov:activity': activity } },
    used: Object.fromEntries(
      records.map((each, at) => [
        `_:u${at}`,
        { 'prov:activity': activity, 'prov:entity': `mc:${each.record}`, 'prov:role': each.role },
      ]),
    ),
    wasDerivedFrom: Object.fromEntries(
      records.map((each, at) => [
        `_:d${at}`,
        { 'prov:generatedEntity': `mc:${each.record}`, 'prov:usedEntity': `mc:source/${each.source}` },
      ]),
    ),
  };
}
