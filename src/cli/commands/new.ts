import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parseWorkspace } from '../../intake/index.ts';
import { findingText } from '../../model/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { type Place, starterFiles } from '../new-place.ts';
import { readLine, refuse } from '../place-command.ts';

const help = `modelcity new DIR --name NAME [options]

Begins a city: a folder with the few files that every workspace has, each with what may be changed in it. It holds no
value, so nothing in it is made up. Then: put values in, or bring them in with 'modelcity import table'.

  --name NAME         of the city, in English or in its own language
  --name-zh 名称      in Chinese (default: the same)
  --id ID             short name for addresses: lower-case letters, digits, - (default: from the name)
  --districts LIST    names, split by commas; a Chinese name behind a slash: 'North/北区,South/南区'
  --areas CODE        code of the city in front of those of its districts (default: the id in capitals)

Exit code: 0 done, 2 bad input; then nothing is written.
`;

/** As in addresses: `São Paulo` → `sao-paulo`; empty where no letter or digit of ASCII is left. */
const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);

export const newPlace: Command = async (args) => {
  const text = { type: 'string' } as const;
  const options = { name: text, 'name-zh': text, id: text, districts: text, areas: text };
  const line = readLine(args, options, 'own');
  if (typeof line === 'string') return refuse('new', line);
  const { values, words } = line;
  if (values.help === true) {
    process.stdout.write(help);
    return exitCode.done;
  }
  const [folder, ...more] = words;
  if (folder === undefined || more.length > 0)
    return refuse(
      'new',
      'it takes the name of one new folder, such as: modelcity new my-city --name "My City"',
    );
  const place = placeOf(values, folder);
  if (typeof place === 'string') return refuse('new', place);
  const root = resolve(folder);
  if (existsSync(root) && (await readdir(root).catch(() => ['?'])).length > 0)
    return refuse('new', `${root} holds something already: name a new or empty folder`);
  const files = starterFiles(place);
  const { findings } = parseWorkspace(files.map(([path, made]) => ({ path, bytes: Buffer.from(made) })));
  const wrong = findings.filter(({ severity }) => severity === 'error');
  if (wrong.length > 0) return refuse('new', wrong.map((finding) => findingText(finding)).join('\n'));
  for (const [path, made] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), made);
  }
  const shown = relative(process.cwd(), root) || '.';
  process.stdout.write(`${files.map(([path]) => `${join(shown, path)}\n`).join('')}
What to do next:
  modelcity check ${shown}       tells what is wrong, file and row
  modelcity serve ${shown}       shows the city at http://localhost:8321/
docs/workspace.md tells what may stand in each file; 'modelcity import --help' how tables come in.
`);
  return exitCode.done;
};

/** What is asked for; the text of what is wrong with it otherwise. */
function placeOf(
  { name: given, 'name-zh': zh, id: chosen, districts, areas }: Readonly<Record<string, unknown>>,
  folder: string,
): Place | string {
  const name = String(given ?? '').trim();
  if (name === '') return "how the city is called is missing: --name 'My City', and --name-zh in Chinese";
  const id = String(chosen ?? '') || slug(name) || slug(folder);
  if (!/^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(id))
    return `--id takes lower-case letters, digits and single - between them, not '${id}'`;
  const area = String(areas ?? id.toUpperCase().replaceAll('.', '-'));
  const parts = String(districts ?? '')
    .split(/[,，]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [en = '', own = en] = part.split('/').map((each) => each.trim());
      return { en: en || own, zh: own || en };
    });
  return { id, area, name: { en: name, zh: String(zh ?? '').trim() || name }, districts: parts };
}
