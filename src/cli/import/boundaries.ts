import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  boundaryText,
  geoFeatures,
  joinedOutline,
  outlineOf,
  parseWorkspace,
  readFolder,
} from '../../intake/index.ts';
import { type BoundaryGeometry, boundarySchema } from '../../model/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { refuse } from '../place-command.ts';
import { findingLines, readImportLine, writeFiles } from './options.ts';

const help = `modelcity import boundaries FILE --workspace DIR [--id-property NAME] [--layer ID] [--source TEXT]

Puts a layer of the map, GeoJSON or TopoJSON in longitude and latitude, into a workspace: boundaries/<layer>.geojson. Features
whose code is no area of the workspace are told and left out.

  --id-property NAME   the property that holds the area's code or name; default: the one that holds most
  --layer ID           id of the layer; default: districts
  --source TEXT        who made it, under which licence
`;

/** What is wrong with coordinates beyond the globe, where all of them tell: another projection, or latitude first. */
function misplaced(geometries: readonly unknown[]): string | null {
  const numbers: number[] = [];
  JSON.stringify(geometries, (_, value: unknown) => {
    if (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number')
      numbers.push(Math.abs(value[0]), Math.abs(value[1]));
    return value;
  });
  const across = numbers.filter((_, at) => at % 2 === 0);
  const up = numbers.filter((_, at) => at % 2 === 1);
  if ([...across, ...up].some((each) => each > 180))
    return 'the coordinates are no degrees: write the layer in WGS 84 (EPSG:4326) with the program that made it; ';
  if (up.some((each) => each > 90) && across.every((each) => each <= 90))
    return 'latitude stands before longitude: GeoJSON has longitude first; ';
  return null;
}

export const importBoundariesCommand: Command = async (args) => {
  const name = 'import boundaries';
  const line = readImportLine(args, {
    workspace: { type: 'string', short: 'w' },
    'id-property': { type: 'string' },
    layer: { type: 'string' },
    source: { type: 'string' },
  });
  if (typeof line === 'string') return refuse(name, line);
  if (line.flag('help')) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const [file] = line.words;
  const workspace = line.text('workspace');
  if (file === undefined || workspace === undefined)
    return refuse(name, 'name the file and the workspace: modelcity import boundaries FILE --workspace DIR');
  if (!existsSync(file)) return refuse(name, `${file} does not exist`);
  const read = geoFeatures(readFileSync(file, 'utf8'));
  if ('fault' in read) return refuse(name, `${file}: ${read.fault}`);
  const parsed = parseWorkspace((await readFolder(workspace)).files);
  if (parsed.workspace === null) {
    process.stderr.write(findingLines(parsed.findings.filter(({ severity }) => severity === 'error')));
    return exitCode.badInput;
  }
  const areas = new Set(parsed.workspace.city.areas.map(({ id }) => id));
  const keys = [...new Set(read.features.flatMap(({ properties }) => Object.keys(properties)))];
  // A feature may have its area's name in place of its code.
  const byName = new Map(
    parsed.workspace.city.areas.flatMap(({ id, name }) =>
      [name.en, name.zh].map((each) => [each, id] as const),
    ),
  );
  const codeOf = (key: string | null, feature: (typeof read.features)[number]): string => {
    const value = key === null ? feature.id : feature.properties[key];
    const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
    return areas.has(text) || text === '' ? text : (byName.get(text) ?? text);
  };
  const hits = (key: string | null) =>
    read.features.filter((feature) => areas.has(codeOf(key, feature))).length;
  const best = [null, ...keys].sort((a, b) => hits(b) - hits(a))[0] ?? null;
  const key = line.text('id-property') ?? best;
  const placed = new Map<string, BoundaryGeometry>();
  const told: string[] = [];
  for (const [at, feature] of read.features.entries()) {
    const code = codeOf(key, feature);
    const outline = outlineOf(feature.geometry);
    const where = `/features/${at} '${code.slice(0, 60)}'`;
    if (!areas.has(code)) told.push(`left out: ${where} is no area of city.yaml`);
    else if ('fault' in outline) told.push(`left out: ${where} ${outline.fault}`);
    else {
      const before = placed.get(code);
      if (before !== undefined) told.push(`${where} is taken as a further part of that area`);
      placed.set(code, before === undefined ? outline.outline : joinedOutline(before, outline.outline));
    }
  }
  if (placed.size === 0) {
    const [first] = told;
    return refuse(
      name,
      hits(key) > 0
        ? `${misplaced(read.features.map(({ geometry }) => geometry)) ?? ''}${first ?? 'no feature has an outline'}`
        : `no feature has the code of an area of the workspace in ${key ?? 'its id'}; properties are ${keys.join(', ').slice(0, 200)}`,
    );
  }
  const id = line.text('layer') ?? 'districts';
  const source = line.text('source');
  const boundary = boundarySchema.safeParse({
    id,
    ...(source === undefined ? {} : { source }),
    features: [...placed].map(([area, geometry]) => ({ area, geometry })),
  });
  if (!boundary.success)
    return refuse(
      name,
      boundary.error.issues
        .slice(0, 5)
        .map(({ path, message }) => `${path.map(String).join('/')}: ${message}`)
        .join('; '),
    );
  const path = `boundaries/${id}.geojson`;
  if (existsSync(join(workspace, path)))
    return refuse(name, `${path} is there already: choose another --layer, or delete it`);
  await writeFiles(workspace, [{ path, bytes: new TextEncoder().encode(boundaryText(boundary.data)) }]);
  process.stdout.write(`${path}: ${placed.size} outlines by ${key ?? 'the id of the feature'}\n`);
  for (const each of told) process.stdout.write(`  ${each}\n`);
  return exitCode.done;
};
