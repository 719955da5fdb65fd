import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { byOrigin } from '../../audit/index.ts';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace, readFolder } from '../../intake/index.ts';
import { createApp } from '../app.tsx';

const folder = fileURLToPath(new URL('../../../examples/songjiang', import.meta.url));

describe('the pages of the audit', () => {
  let app: ReturnType<typeof createApp>;
  let answered: ReturnType<typeof createApp>;
  let id = '';
  const text = async (path: string, from = app): Promise<string> => {
    const response = await from.request(path);
    expect(response.status, path).toBe(200);
    return response.text();
  };

  beforeAll(async () => {
    const { workspace, origins } = parseWorkspace((await readFolder(folder)).files);
    if (workspace === null) throw new Error('the example is broken');
    const place = {
      workspace,
      figures: new FigureSet(workspace, { asOf: 1 }),
      asOf: 1,
      locate: byOrigin(origins),
    };
    app = createApp({ places: [place], editions: '/nowhere' });
    const { items } = await (await app.request('/api/places/songjiang/audit')).json();
    id = items.find(({ rule }: { rule: string }) => rule === 'unit.scale').id;
    const answers = [{ id, answer: 'explained' as const, note: 'Printed so in the source.' }];
    answered = createApp({ places: [{ ...place, answers }], editions: '/nowhere' });
  });

  test('list every finding in both languages, and keep the choice in the address', async () => {
    const list = await text('/en/songjiang/audit/');
    expect(list).toContain('neonatal death rate');
    expect(list).toContain(`/en/songjiang/audit/${id}/`);
    expect(await text('/en/songjiang/audit/?weight=contradiction')).not.toContain(`/audit/${id}/`);
    expect(await text('/zh/songjiang/audit/?weight=wording&about=text')).toContain('表述');
  });

  test('show a finding with its place marked in the text', async () => {
    const page = await text(`/en/songjiang/audit/${id}/`);
    expect(page).toContain('<mark>1.82 %</mark>');
    expect(page).toContain('--answer');
    expect(await text('/en/songjiang/audit/text/vlr-2022/')).toMatch(/<mark><a href="[^"]+">1\.82 %/);
    expect((await app.request('/en/songjiang/audit/000000000000/')).status).toBe(404);
    expect((await app.request('/en/songjiang/audit/text/none/')).status).toBe(404);
  });

  test('count what is open on the pages of the city and the review, and stand in the review’s margin', async () => {
    expect(await text('/en/songjiang/')).toMatch(/\d+ open questions of the audit/);
    const review = await text('/en/songjiang/review/vlr-2022/');
    expect(review).toMatch(/\d+ open questions of the audit/);
    expect(review).toContain(`<ul class="review-findings">`);
  });

  test('tell an answer, and count it no longer', async () => {
    const page = await text(`/en/songjiang/audit/${id}/`, answered);
    expect(page).toContain('Printed so in the source.');
    const [before, after] = await Promise.all(
      [app, answered].map(
        async (each) => (await (await each.request('/api/places/songjiang/audit')).json()).open,
      ),
    );
    expect(after).toBe(before - 1);
  });

  test('hand out the open findings as a PDF', async () => {
    const response = await app.request('/zh/songjiang/audit/findings.pdf');
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });
});
