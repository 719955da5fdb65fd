import type { Context } from 'hono';
import {
  availabilityJson,
  idOfCode,
  type OpenDataset,
  type OpenRow,
  pickRows,
  readDataQuery,
  type SdmxStructure,
  sdmxMessage,
  structureMessage,
  structureOfDataset,
} from '../../publish/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import { type DatasetAt, etagOf } from './dataset-at.ts';

type Format = 'csv' | 'json' | 'xml';

/** Media types that a client may ask for, by RFC 9110; the first that is known wins, by weight. */
function negotiate(c: Context, known: readonly Format[]): Format | null {
  const asked = c.req.query('format');
  if (asked !== undefined) {
    const wanted = /csv/i.test(asked)
      ? 'csv'
      : /json/i.test(asked)
        ? 'json'
        : /xml|ml/i.test(asked)
          ? 'xml'
          : null;
    return wanted !== null && known.includes(wanted) ? wanted : null;
  }
  const accept = (c.req.header('accept') ?? '*/*').slice(0, 1000);
  const ranked = accept
    .split(',')
    .map((part) => {
      const [type = '', ...rest] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = rest.map((each) => /^q=([\d.]+)$/.exec(each)?.[1]).find((each) => each !== undefined);
      const version = rest.map((each) => /^version=(\d+)/.exec(each)?.[1]).find((each) => each !== undefined);
      return { type, weight: q === undefined ? 1 : Number(q), version };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { type, version } of ranked) {
    if (type === '*/*' || type === 'application/*' || type === 'text/html') return known[0] ?? null;
    const format: Format | null = /(?:\+|\/)csv$/.test(type)
      ? 'csv'
      : /(?:\+|\/)json$/.test(type)
        ? 'json'
        : /(?:\+|\/)xml$/.test(type)
          ? 'xml'
          : null;
    if (format === null || !known.includes(format)) continue;
    if (/vnd\.sdmx/.test(type) && version !== undefined && version !== (format === 'xml' ? '3' : '2'))
      continue;
    return format;
  }
  return null;
}

/** An error as SDMX 3.0 web services tell it: a status message with its code. */
function refuse(c: Context, status: 400 | 404 | 406 | 501, code: number, title: string): Response {
  return c.body(JSON.stringify({ errors: [{ code, title }] }), status, {
    'content-type': 'application/vnd.sdmx.data+json;version=2.0.0',
    'cache-control': 'no-store',
  });
}

/** What a query may carry; any other name is told, not passed over. */
const parameterNames =
  /^(?:c\[[A-Za-z][\w-]*\]|startPeriod|endPeriod|firstNObservations|lastNObservations|updatedAfter|asOf|format|references|detail|mode|attributes|measures|dimensionAtObservation|includeHistory)$/;

/** A small SDMX REST interface (SDMX 3.0, REST 2): structures, data and availability of every place. */
export function mountSdmx(site: Site, at: DatasetAt): void {
  const { app } = site;
  const get = (path: string, answer: (c: Context) => Promise<Response>): void => {
    declareRule(app, 'GET', path, 'anyone');
    app.get(path, answer);
  };

  /** The place of an agency and artefact: `*` is the only place there is, or none when there are several. */
  const placeOf = (agency: string, id: string): Catalogue | null => {
    const wanted = id.replace(/^(?:DF|DSD|CS)_/, '');
    const found = site.catalogues().filter(({ city }) => {
      const own = city.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
      return (agency === '*' || agency === own) && (id === '*' || wanted === own || /^CL_/.test(id));
    });
    return found.length === 1 || (found.length > 1 && agency !== '*') ? (found[0] ?? null) : null;
  };

  /** The position that a version (`1.0.7`, `*`, `+`, `~`) or the parameter asOf names; the text of what is wrong otherwise. */
  const positionOf = async (
    c: Context,
    here: Catalogue,
    version: string,
  ): Promise<number | null | string> => {
    const asOf = c.req.query('asOf');
    if (asOf !== undefined && /^[1-9]\d{0,14}$/.test(asOf)) return Number(asOf);
    if (asOf !== undefined) return positionAt(here, asOf);
    if (/^(?:\*|\+|~|latest|1\.0\.?[+~*]?|1[+]?\.0[+]?\.0[+])$/.test(version)) return null;
    const exact = /^1\.0\.([1-9]\d{0,14})$/.exec(version)?.[1];
    return exact === undefined
      ? `there is no version '${version.slice(0, 40)}': versions are 1.0.<position of the log>, * is the newest`
      : Number(exact);
  };
  const positionAt = async (here: Catalogue, moment: string): Promise<number | string> => {
    const time = Date.parse(moment);
    if (!/^\d{4}-\d{2}-\d{2}/.test(moment) || Number.isNaN(time))
      return `'${moment.slice(0, 40)}' is no moment such as 2024-03-01T00:00:00Z and no position of the log`;
    if (site.store === undefined) return 'a published site knows positions of the log, not when they came in';
    const entries = await site.store.submissions(here.city);
    return entries.filter(({ received }) => Date.parse(received) <= time).at(-1)?.position ?? 0;
  };

  const unknownParameter = (c: Context): string | null =>
    Object.keys(c.req.query()).find((name) => !parameterNames.test(name)) ?? null;

  const answer = (c: Context, etag: string, type: string, body: () => string): Response => {
    const headers = { etag, vary: 'accept', 'cache-control': 'no-cache', 'content-type': type };
    if (
      c.req
        .header('if-none-match')
        ?.split(/\s*,\s*/)
        .includes(etag) === true
    )
      return c.body(null, 304, headers);
    return c.body(body(), 200, headers);
  };

  const context = async (
    c: Context,
  ): Promise<{ here: Catalogue; dataset: OpenDataset; structure: SdmxStructure } | Response> => {
    const unknown = unknownParameter(c);
    if (unknown !== null) return refuse(c, 400, 140, `there is no parameter '${unknown.slice(0, 60)}'`);
    const here = placeOf(param(c, 'agency'), param(c, 'id'));
    if (here === null)
      return refuse(c, 404, 100, 'there is no such artefact; /sdmx/3.0/structure/dataflow/* lists them');
    const position = await positionOf(c, here, param(c, 'version'));
    if (typeof position === 'string') return refuse(c, 400, 140, position);
    const dataset = await at(here, position);
    if (dataset === null) return refuse(c, 404, 100, `position ${position} of the log cannot be read here`);
    return { here, dataset, structure: structureOfDataset(dataset) };
  };

  const data = async (c: Context): Promise<Response> => {
    if (!/^(?:dataflow|datastructure|\*)$/.test(param(c, 'context')))
      return refuse(c, 404, 100, 'data are of a dataflow or datastructure');
    const found = await context(c);
    if (found instanceof Response) return found;
    const { here, dataset, structure } = found;
    for (const name of ['attributes', 'measures', 'dimensionAtObservation', 'includeHistory'] as const) {
      const value = c.req.query(name);
      if (value !== undefined && !/^(?:dsd|all|TIME_PERIOD|false)$/.test(value))
        return refuse(c, 501, 501, `${name}=${value.slice(0, 40)} is not served; leave it out`);
    }
    const format = negotiate(c, ['json', 'csv', 'xml']);
    if (format === null)
      return refuse(c, 406, 406, 'data are served as SDMX-JSON 2.0, SDMX-CSV 2.0 and SDMX-ML 3.0');
    const query = readDataQuery(structure, param(c, 'key'), parametersOf(c));
    if (typeof query === 'string') return refuse(c, 400, 140, query);
    let before: OpenDataset | null = null;
    const updatedAfter = c.req.query('updatedAfter');
    if (updatedAfter !== undefined) {
      const position = /^[1-9]\d{0,14}$/.test(updatedAfter)
        ? Number(updatedAfter)
        : await positionAt(here, updatedAfter);
      if (typeof position === 'string') return refuse(c, 400, 140, position);
      before = position === 0 ? null : await at(here, position);
      if (before === null && position !== 0)
        return refuse(c, 404, 100, `position ${position} of the log cannot be read here`);
    }
    const rows: OpenRow[] = [];
    for (const { id } of dataset.indicators) {
      if (query.series !== null && ![...query.series].some((code) => idOfCode(code) === id)) continue;
      const own = before === null ? dataset.rows(id) : changed(before.rows(id), dataset.rows(id));
      for (const row of pickRows(own, query)) rows.push(row);
    }
    if (rows.length === 0) return refuse(c, 404, 100, 'there are no data for this key');
    const { type, body } = sdmxMessage(dataset, rows, format);
    return answer(
      c,
      etagOf([here.city, dataset.asOf, c.req.url.replace(/^[a-z]+:\/\/[^/]*/, ''), format]),
      type,
      body,
    );
  };
  get('/sdmx/3.0/data/:context/:agency/:id/:version/:key', data);
  get('/sdmx/3.0/data/:context/:agency/:id/:version', data);

  const availability = async (c: Context): Promise<Response> => {
    const found = await context(c);
    if (found instanceof Response) return found;
    const { here, dataset, structure } = found;
    if (negotiate(c, ['json']) === null)
      return refuse(c, 406, 406, 'availability is served as SDMX-JSON 2.0');
    const query = readDataQuery(structure, param(c, 'key'), parametersOf(c));
    if (typeof query === 'string') return refuse(c, 400, 140, query);
    const rows = dataset.indicators.flatMap(({ id }) => [...pickRows(dataset.rows(id), query)]);
    const component = param(c, 'component');
    return answer(
      c,
      etagOf([here.city, dataset.asOf, c.req.url.replace(/^[a-z]+:\/\/[^/]*/, '')]),
      'application/vnd.sdmx.structure+json;version=2.0.0',
      () =>
        `${JSON.stringify(availabilityJson(dataset, rows, component === '' || component === '*' ? null : component))}\n`,
    );
  };
  for (const path of ['', '/:key', '/:key/:component'])
    get(`/sdmx/3.0/availability/:context/:agency/:id/:version${path}`, availability);

  const structures = async (c: Context): Promise<Response> => {
    const unknown = unknownParameter(c);
    if (unknown !== null) return refuse(c, 400, 140, `there is no parameter '${unknown.slice(0, 60)}'`);
    const type = param(c, 'type');
    if (!/^(?:dataflow|datastructure|codelist|conceptscheme|\*)$/.test(type))
      return refuse(c, 404, 100, 'structures are dataflow, datastructure, codelist and conceptscheme');
    const format = negotiate(c, ['json', 'xml']);
    if (format === null || format === 'csv')
      return refuse(c, 406, 406, 'structures are served as SDMX-JSON 2.0 and SDMX-ML 3.0');
    const [agency, id] = [param(c, 'agency') || '*', param(c, 'id') || '*'];
    const version = param(c, 'version') || '*';
    const all: OpenDataset[] = [];
    for (const here of site.catalogues()) {
      if (
        placeOf(agency === '*' ? here.city.toUpperCase().replace(/[^A-Z0-9]+/g, '_') : agency, id)?.city !==
        here.city
      )
        continue;
      const position = await positionOf(c, here, version);
      if (typeof position === 'string') return refuse(c, 400, 140, position);
      const dataset = await at(here, position);
      if (dataset !== null) all.push(dataset);
    }
    if (all.length === 0) return refuse(c, 404, 100, 'there is no such artefact');
    const message = structureMessage(
      all,
      { type, id, references: c.req.query('references') ?? 'none' },
      format,
    );
    if (message === null) return refuse(c, 404, 100, 'there is no such artefact');
    return answer(
      c,
      etagOf([
        ...all.map(({ city, asOf }) => `${city} ${asOf}`),
        c.req.url.replace(/^[a-z]+:\/\/[^/]*/, ''),
        format,
      ]),
      message.type,
      message.body,
    );
  };
  for (const path of ['', '/:agency', '/:agency/:id', '/:agency/:id/:version'])
    get(`/sdmx/3.0/structure/:type${path}`, structures);
}

function parametersOf(c: Context): readonly (readonly [string, string])[] {
  return Object.entries(c.req.queries()).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );
}

/** Rows that are new or otherwise than before. */
function changed(before: readonly OpenRow[], now: readonly OpenRow[]): readonly OpenRow[] {
  const known = new Set(before.map((row) => JSON.stringify(row)));
  return now.filter((row) => !known.has(JSON.stringify(row)));
}
