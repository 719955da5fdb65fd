import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace, readFolder } from '../../intake/index.ts';
import { createApp } from '../app.tsx';

/** The made-up city of docs/samples/shared-plan: what no city's documents print is shown on it. */
const text = new Map<string, string>();
const plan = '/sample-city/plan/sample-plan/';

beforeAll(async () => {
  const folder = fileURLToPath(new URL('../../../docs/samples/shared-plan', import.meta.url));
  const { workspace, findings } = parseWorkspace((await readFolder(folder)).files);
  if (workspace === null) throw new Error(JSON.stringify(findings));
  const app = createApp({ places: [{ workspace, asOf: 1, figures: new FigureSet(workspace, { asOf: 1 }) }] });
  for (const path of ['', 'parts/', 'c/water-reused/'])
    for (const language of ['en', 'zh']) {
      const answer = await app.request(`/${language}${plan}${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      const page = (await answer.text()).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
      text.set(`${language} ${path}`, page);
    }
});

it('says what of the whole nobody has taken on, by the roll-up of each indicator', () => {
  // 4,200 − 1,600 − 1,700; (400 × 95 + 300 × 100 + 100 × 90) ÷ 800 buses is 96.25, 1.25 above 95.
  const parts = text.get('en parts/') ?? '';
  expect(parts).toMatch(
    /North District: 16 million m³.*South District: 17 million m³.*33 million m³ ○ 9 million m³/,
  );
  expect(parts).toMatch(/96\.25 % ◐ 1\.25 percentage points more than promised/);
  expect(parts).toContain('East District');
});

it('judges the newest value by the path, and tells the chance on the line so far', () => {
  // 2,300 in 2020 to 3,000 in 2023: 2,533.3 in 2021, and 2,480 was reached.
  expect(text.get('en ')).toMatch(
    /behind the required path; 24\.8 million m³ in 2021; the path asks for 25\.333 million m³; chance of reaching it on the line so far: \d+ %/,
  );
  expect(text.get('en c/water-reused/')).toMatch(
    /Chance of standing at the target in 2023, if it goes on as so far: \d+ %/,
  );
  expect(text.get('zh ')).toContain('落后于所需进度');
});
