import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FigureSet } from '../src/figures/index.ts';
import type { Workspace } from '../src/model/index.ts';
import { makeCity, statedSize } from './made-city.ts';
import { measured } from './measured.ts';

/**
 * The whole portal of a made city in two languages as files, then again after one changed cell: by the process that holds
 * the place, packed as `modelcity portal --follow` reads it. `portal 0.2` takes a fifth of the stated 250 indicators.
 */
export async function portal([factor = '1']: readonly string[]): Promise<object> {
  // The built product: the pages' style sheets and scripts lie beside it.
  const dist = new URL('../../dist/', import.meta.url);
  const { createApp }: { createApp: object } = await import(new URL('web/index.js', dist).href);
  const { keepHeapSmall, portalSource } = await import(new URL('cli/portal-app.js', dist).href);
  keepHeapSmall();
  const { buildPortal } = await import(new URL('publish/index.js', dist).href);
  const { FigureSet: Figures } = await import(new URL('figures/index.js', dist).href);
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-portal-'));
  try {
    const { ObservationPacker, packedOf } = await import(new URL('model/index.js', dist).href);
    const size = { ...statedSize, indicators: Math.round(statedSize.indicators * Number(factor)) };
    const city = makeCity(size, new ObservationPacker());
    const placesOf = (
      workspace: Workspace,
      asOf: number,
    ): { workspace: Workspace; figures: FigureSet; asOf: number }[] => [
      { workspace, figures: new Figures(workspace, { asOf }), asOf },
    ];
    const holding = Math.round(process.memoryUsage().rss / 1048576);
    const source = portalSource(placesOf(city, 1), createApp, 'bench');
    const whole = await measured(() => buildPortal({ ...source.options(), out: folder }));
    const cells = [];
    for (const at of [0, 1000, 2500]) {
      const cell = city.observations[at];
      const packed = packedOf(city.observations);
      const rows = city.observations.filter(({ indicator }) => indicator === cell?.indicator);
      const changed = rows.map((each) =>
        each.locator === cell?.locator ? { ...each, value: '1.23' } : each,
      );
      const observations = packed.withRows(new Map([[cell?.indicator, changed]])).list();
      const again = await measured(() => {
        source.replace(placesOf({ ...city, observations }, 2), new Set([cell?.indicator ?? '']));
        return buildPortal({ ...source.options(), out: folder });
      });
      cells.push({ of: `${cell?.area} ${JSON.stringify(cell?.breakdown)}`, ...again.result, ...again.cost });
    }
    return {
      observations: city.observations.length,
      holdingMegabytes: holding,
      whole: { ...whole.result, ...whole.cost },
      cells,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
