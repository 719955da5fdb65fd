import type { Context } from 'hono';
import type { CoalBasis } from '../../figures/index.ts';
import { toDecimal } from '../../model/index.ts';
import { address } from '../address.ts';
import { problem } from '../api/problem.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import { EnergyPage } from './energy-page.tsx';
import { lastMonth, type Metering, meteringOf, type Span, sensorsOf, spanOf, thingOf } from './metering.ts';
import { EnergyUnitPage, evidenceOf } from './unit-page.tsx';

/** Pages of energy monitoring: units and meters as SensorThings has them, figures straight from their day blocks. */
export function mountEnergy(site: Site): void {
  const { store, app } = site;
  if (store === undefined) return;
  const headOf = async (city: string): Promise<number> =>
    (await store.cities()).find(({ id }) => id === city)?.head ?? 0;
  const asked = async (c: Context, city: string, thing?: number): Promise<Metering | null> => {
    const sensors = sensorsOf(store, city);
    const said = c.req.query('period');
    const span: Span | null = spanOf(said ?? (await lastMonth(sensors)) ?? '');
    if (span === null) return null;
    const basis: CoalBasis = c.req.query('basis') === 'equivalent' ? 'equivalent' : 'calorific';
    return meteringOf(sensors, { span, basis, ...(thing === undefined ? {} : { thing }) });
  };
  site.room('/energy/', async (view, c) => {
    c.header('cache-control', 'no-store');
    return <EnergyPage metering={await asked(c, view.here.city)} view={view} />;
  });
  site.room('/energy/:thing{[0-9]{1,9}}/', async (view, c) => {
    c.header('cache-control', 'no-store');
    const { city } = view.here;
    const metering = await asked(c, city, Number(param(c, 'thing')));
    const [unit] = metering?.units ?? [];
    if (metering === null || unit === undefined) return null;
    const evidence = await evidenceOf(store, city, unit, metering);
    return (
      <EnergyUnitPage
        unit={unit}
        metering={metering}
        evidence={evidence}
        asOf={await headOf(city)}
        view={view}
      />
    );
  });
  // Records of figures name the meter: this leads from it to the unit.
  site.room('/energy/meters/:meter{[0-9]{1,9}}/', async (view, c) => {
    const meter = await sensorsOf(store, view.here.city).get('Datastream', Number(param(c, 'meter')));
    const thing = meter === undefined ? 0 : thingOf(meter);
    if (thing === 0) return null;
    const query = spanOf(c.req.query('period') ?? '') === null ? '' : `?period=${c.req.query('period')}`;
    c.header('cache-control', 'no-store');
    return c.redirect(`${address.room(view.language, view.here.city, 'energy')}${thing}/${query}`);
  });
  const path = '/api/places/:city/energy/:thing{[0-9]{1,9}}';
  declareRule(app, 'GET', path, 'anyone');
  app.get(path, async (c) => {
    const here = site.placeOf(c);
    const metering = here === undefined ? null : await asked(c, here.city, Number(param(c, 'thing')));
    const [unit] = metering?.units ?? [];
    if (here === undefined || metering === null || unit === undefined)
      return problem(c, 404, 'There are no meters of this unit and period', c.req.path);
    const { contributions, root } = await evidenceOf(store, here.city, unit, metering);
    const { use, thing, name, area } = unit;
    return c.json({
      city: here.city,
      unit: { thing, name, area },
      period: metering.span.period,
      basis: metering.basis,
      asOf: await headOf(here.city),
      formula: 'sum over meters of (sum of day totals in the unit of the factor) * kgce / 1000',
      tce: use.tce === null ? null : toDecimal(use.tce),
      received: use.received,
      expected: use.expected,
      meters: use.meters.map(({ meter, fuel, unit: code, total, factor, tce, reason }) => ({
        meter,
        fuel,
        unit: code,
        total,
        factor,
        tce: tce === null ? null : toDecimal(tce),
        reason,
      })),
      root,
      contributions,
    });
  });
}
