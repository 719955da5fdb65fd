import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FigureSet } from '../src/figures/index.ts';
import type { Workspace } from '../src/model/index.ts';
import { makeCity, statedSize } from './made-city.ts';
import { measured } from './measured.ts';

/** What this needs of the built product: the pages' style sheets and scripts lie beside it. */
interface Product {
  readonly createApp: (options: object) => { request(path: string): Response | Promise<Response> };
}

/**
 * The whole portal of a made city in two languages as files, then again after one changed cell. `portal 0.2` takes a fifth of
 * the stated 250 indicators.
 */
export async function portal([factor = '1']: readonly string[]): Promise<object> {
  const dist = new URL('../../dist/', import.meta.url);
  const { createApp }: Product = await import(new URL('web/index.js', dist).href);
  const { portalApp } = await import(new URL('cli/portal-app.js', dist).href);
  const { pageKeys, valueHashes } = await import(new URL('cli/portal-keys.js', dist).href);
  const { buildPortal } = await import(new URL('publish/index.js', dist).href);
  const { FigureSet: Figures } = await import(new URL('figures/index.js', dist).href);
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-portal-'));
  try {
    const city = makeCity({ ...statedSize, indicators: Math.round(statedSize.indicators * Number(factor)) });
    const placesOf = (
      workspace: Workspace,
      asOf: number,
    ): { workspace: Workspace; figures: FigureSet; asOf: number }[] => [
      { workspace, figures: new Figures(workspace, { asOf }), asOf },
    ];
    const first = placesOf(city, 1);
    const hashes = valueHashes(first);
    const whole = await measured(() =>
      buildPortal({ ...portalApp(first, createApp), key: pageKeys(first, hashes, 'bench'), out: folder }),
    );
    const [cell, ...others] = city.observations;
    const changed = {
      ...city,
      observations: cell === undefined ? others : [{ ...cell, value: '1.23' }, ...others],
    };
    const second = placesOf(changed, 2);
    const again = await measured(() =>
      buildPortal({
        ...portalApp(second, createApp),
        key: pageKeys(second, valueHashes(second, hashes, new Set([cell?.indicator ?? ''])), 'bench'),
        out: folder,
      }),
    );
    return {
      observations: city.observations.length,
      whole: { ...whole.result, ...whole.cost },
      oneCell: { ...again.result, ...again.cost },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
