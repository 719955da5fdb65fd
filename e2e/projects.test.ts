import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowserFor } from '../scripts/browser.js';
import { readWorked, vote } from '../src/web/selecting/panel.ts';
import { type OfficeCity, openCity } from './office-city.ts';

const hasBrowser = hasBrowserFor('projects in a browser are');

/** A panel takes 27 of 200 candidates, and what is chosen becomes a project, with its place and a photograph. */
describe.skipIf(!hasBrowser)('projects in the office of Shenyang', { timeout: 240_000 }, () => {
  let city: OfficeCity;
  beforeAll(async () => {
    city = await openCity('shenyang');
  });
  afterAll(() => city?.close());

  it('a panel scores, declares an interest, and decides on 27 of 200; the public reads why', async () => {
    const { origin, store } = city;
    const lead = await city.someone('zhao', 'zh', 'approver');
    const ann = await city.someone('ann', 'en', 'assessor');
    for (const name of ['bo', 'cai']) await city.known(name, 'assessor');
    const office = (language: string) => `${origin}/${language}/shenyang/office/selections/`;
    await lead.goto(office('zh'));
    await lead.selectOption('#from', 'model-projects');
    await lead.click('form.door button');
    await lead.fill('#id', 'first-batch');
    for (const [at, name] of ['ann', 'bo', 'cai'].entries()) {
      await lead.locator('input[name="members.id"]').nth(at).fill(name);
      await lead
        .locator('select[name="members.person"]')
        .nth(at)
        .selectOption(await city.idOf(name));
    }
    await city.isSound(lead, 'selection-set-up-zh');
    await lead.fill('#leastMembers', '2');
    await lead.click('button[value=save]');
    await lead.waitForURL(/told=done/);

    // One sheet in the browser: a score that is too high is told and not lost, an interest takes the fields away.
    await ann.goto(`${office('en')}first-batch/score/`);
    await ann.fill('[name="score:p001:size"]', '11');
    await ann.click('button[value=score]');
    await ann.waitForSelector('.alarm');
    expect(await ann.inputValue('[name="score:p001:size"]')).toBe('11');
    await ann.fill('[name="score:p001:size"]', '9.5');
    await ann.fill('[name="interest:p002"]', 'I am a shareholder.');
    await ann.click('button[value=score]');
    await ann.waitForURL(/told=done/);
    expect(await ann.inputValue('[name="score:p001:size"]')).toBe('9.5');
    expect(await ann.locator('[name="score:p002:size"]').count()).toBe(0);
    await city.isSound(ann, 'selection-score-en');
    // Who does not lead sees no order before the decision.
    await ann.goto(`${office('en')}first-batch/`);
    expect(await ann.locator('#order').count()).toBe(0);

    // The rest as the members' own programs would send it.
    const workspace = await store.workspace('shenyang');
    if (workspace === null) throw new Error('loaded');
    for (const name of ['ann', 'bo', 'cai']) {
      const worked = await readWorked(store, 'shenyang', 'first-batch');
      if (worked === null) throw new Error('opened above');
      const grants = [{ role: 'assessor', area: '*', department: '*' } as const];
      const person = { id: await city.idOf(name), name, grants };
      const given = worked.panel.draft.selection.candidates.flatMap(({ id }, at) => {
        if (name === 'ann' && (id === 'p001' || id === 'p002')) return [];
        const score = String(Math.round(95 - at / 4) / 10);
        const criteria = worked.panel.draft.selection.criteria.map((each) => [each.id, score] as const);
        return [
          { candidate: id, expected: 0, scores: Object.fromEntries(criteria), said: '', conflict: null },
        ];
      });
      expect(await vote({ store, workspace, person, now: new Date() }, worked, given)).toBe('done');
    }
    await lead.goto(`${office('zh')}first-batch/`);
    await lead.click('button[value=close]');
    await lead.fill('#reason', '按评分');
    await lead.click('button[value=shortlist]');
    // The panel puts the last place, which the scores leave open or not, to its own reasons.
    const ticked = lead.locator('input[name=candidate]:checked');
    const boxes = lead.locator('input[name=candidate]');
    for (let at = 0; (await ticked.count()) < 27; at += 1) {
      if (await boxes.nth(at).isChecked()) continue;
      await boxes.nth(at).check();
      await lead.locator('input[name^="why:"]').nth(at).fill('并列，评审组决定');
    }
    await lead.fill('#reason', '评审组一致同意');
    await city.isSound(lead, 'selection-decide-zh');
    await lead.click('button[value=decide]');
    await lead.waitForURL(/told=done/);
    await expect
      .poll(
        async () =>
          (await lead.goto(`${origin}/zh/shenyang/plan/selection/first-batch/?state=chosen`))?.status(),
        {
          timeout: 10_000,
        },
      )
      .toBe(200);
    expect(await lead.locator('#candidates tbody tr').count()).toBe(27);
    const told = await lead.locator('main').innerText();
    expect(told).toContain('评审组一致同意');
  });

  it('an editor makes a project of a chosen one, with milestones, money and a photograph, without a script', async () => {
    const { origin, store } = city;
    const anne = await city.someone('anne', 'en', 'editor', { javaScriptEnabled: false });
    await anne.goto(`${origin}/en/shenyang/office/projects/new/?candidate=first-batch%20p001`);
    expect(await anne.inputValue('#candidate')).toBe('first-batch p001');
    await anne.fill('#id', 'lake');
    await anne.fill('#name_en', 'A lake');
    await anne.fill('#name_zh', '湖');
    await anne.fill('#longitude', '123.43');
    await anne.fill('#latitude', '41.8');
    await anne.selectOption('#commitment', { index: 3 });
    await anne.locator('select[name="stages.stage"]').first().selectOption('started');
    for (const [column, text] of [
      ['milestones.id', 'dig'],
      ['milestones.name_en', 'Dig'],
      ['milestones.due', '2024-03'],
      ['milestones.cost', '12'],
      ['milestones.unit', '10*4.CNY'],
      ['money.fund_en', 'City budget'],
      ['money.unit', 'bushels'],
      ['money.paid', '2024-01 4; 2024-02 6.5'],
    ] as const)
      await anne.locator(`input[name="${column}"]`).first().fill(text);
    await anne.fill('#reason', 'Chosen by the panel.');
    await anne.click('button[value=save]');
    // No money: told, and nothing that was typed is lost.
    expect(await anne.locator('.alarm').first().textContent()).toContain('bushels');
    expect(await anne.locator('input[name="milestones.cost"]').first().inputValue()).toBe('12');
    await anne.locator('input[name="money.unit"]').first().fill('10*4.CNY');
    await anne.click('button[value=save]');
    await anne.waitForURL(/told=saved/);
    const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#27657a' } })
      .jpeg()
      .withExif({ IFD0: { Make: 'Somebody’s phone' } })
      .toBuffer();
    await anne.setInputFiles('#photo', { name: 'lake.jpg', mimeType: 'image/jpeg', buffer: picture });
    await anne.fill('#caption_en', 'The lake in March');
    await anne.fill('#caption_zh', '三月的湖');
    await anne.click('button[value=add]');
    await anne.waitForURL(/told=saved/);

    const reader = await (
      await city.browser.newContext({ viewport: { width: 1280, height: 900 } })
    ).newPage();
    await expect
      .poll(async () => (await reader.goto(`${origin}/zh/shenyang/projects/lake/`))?.status(), {
        timeout: 10_000,
      })
      .toBe(200);
    await expect
      .poll(async () => {
        await reader.reload();
        return reader.locator('figure.photo img').count();
      })
      .toBe(1);
    const source = (await reader.locator('figure.photo img').getAttribute('src')) ?? '';
    const shown = await reader.request.get(`${origin}${source}`);
    expect(shown.headers()['content-type']).toBe('image/jpeg');
    expect((await shown.body()).includes('phone')).toBe(false);
    // A hash of another file of the log is not handed out.
    const [, other = ''] = /([0-9a-f]{64})/.exec(source) ?? [];
    expect((await reader.request.get(`${origin}${source.replace(other, '0'.repeat(64))}`)).status()).toBe(
      404,
    );
    const text = await reader.locator('main').innerText();
    expect(text).toContain('由anne于');
    expect(text).toContain('Chosen by the panel.');
    await city.isSound(reader, 'project-zh');
    await reader.getByRole('link', { name: '所属计划' }).click();
    await reader.waitForURL(/\/plan\/.*\/c\//);
    expect(await reader.locator('#projects').innerText()).toContain('湖');
    const acts = await store.events('shenyang', { register: 'portfolio' });
    expect(acts.map(({ kind, body }) => [kind, body.reason])).toEqual([
      ['added', 'Chosen by the panel.'],
      ['changed', 'Photographs: 三月的湖'],
    ]);
    const desk = await city.someone('lin', 'zh', 'editor');
    await desk.goto(`${origin}/zh/shenyang/office/projects/demonstration/lake/`);
    await city.isSound(desk, 'project-edit-zh');
  });
});
