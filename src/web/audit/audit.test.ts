import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { beforeAll, describe, expect, test } from 'vitest';
import { byOrigin } from '../../audit/index.ts';
import { FigureSet } from '../../figures/index.ts';
import { parseWorkspace, readFolder } from '../../intake/index.ts';
import type { Workspace } from '../../model/index.ts';
import { auditPlace, type PlaceAudit } from '../../review/index.ts';
import { createApp } from '../app.tsx';
import { LivePlaces } from '../live-places.ts';
import { takeAudit } from './audit-of.ts';

const folder = fileURLToPath(new URL('../../../examples/songjiang', import.meta.url));

describe('the pages of the audit', () => {
  let app: ReturnType<typeof createApp>;
  let answered: ReturnType<typeof createApp>;
  let id = '';
  let songjiang: ReturnType<typeof placeOf>;
  const placeOf = (workspace: Workspace, origins: Parameters<typeof byOrigin>[0]) => ({
    workspace,
    figures: new FigureSet(workspace, { asOf: 1 }),
    asOf: 1,
    locate: byOrigin(origins),
  });
  const text = async (path: string, from = app): Promise<string> => {
    const response = await from.request(path);
    expect(response.status, path).toBe(200);
    return response.text();
  };

  beforeAll(async () => {
    const { workspace, origins } = parseWorkspace((await readFolder(folder)).files);
    if (workspace === null) throw new Error('the example is broken');
    const place = placeOf(workspace, origins);
    songjiang = place;
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

  test('lead from a record that is asked about to its indicator', async () => {
    const { workspace, origins } = parseWorkspace(
      (await readFolder(folder.replace('songjiang', 'shanghai'))).files,
    );
    if (workspace === null) throw new Error('the example is broken');
    const shanghai = createApp({ places: [placeOf(workspace, origins)], editions: '/nowhere' });
    const { items } = await (await shanghai.request('/api/places/shanghai/audit')).json();
    const records = items.filter(({ rule }: { rule: string }) => rule.startsWith('data.'));
    expect(records.length).toBeGreaterThan(0);
    for (const { id: record } of records)
      expect(await text(`/zh/shanghai/audit/${record}/`, shanghai)).toContain(
        ' · <a href="/zh/shanghai/indicators/framework_agreements/">与外省市签署的合作框架协议</a>',
      );
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

  test('wait for the audit that a process beside makes, and show that one', async () => {
    const served = () => {
      const live = new LivePlaces([{ ...songjiang, auditComing: () => true }]);
      return { first: live.catalogues(), own: createApp({ places: live, editions: '/nowhere' }) };
    };
    // As a channel between processes hands it over.
    const made: PlaceAudit = deserialize(serialize(auditPlace(songjiang, [])));
    const [one, other] = [served(), served()];
    const before = await one.own.request('/en/songjiang/');
    expect(before.status).toBe(200);
    expect(await before.text()).not.toContain('open questions of the audit');
    takeAudit('songjiang', { ...made, open: 777 }, one.first);
    takeAudit('elsewhere', { ...made, open: 778 }, one.first);
    // The number was made up: a place that audited itself after all would not know it.
    expect(await text('/en/songjiang/', one.own)).toContain('777 open questions of the audit');
    // It was made of that state of the place: one that was put in anew knows nothing of it.
    expect(await text('/en/songjiang/', other.own)).not.toContain('777');
    takeAudit('songjiang', made, other.first);
    for (const path of ['/en/songjiang/audit/', `/zh/songjiang/audit/${id}/`])
      expect(await text(path, other.own)).toBe(await text(path));
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
