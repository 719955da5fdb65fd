import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { hasBrowserFor } from '../scripts/browser.js';
import { type Grant, officeTurn } from '../src/web/index.ts';
import { isAccessible, type OfficePlace, openOffice, password } from './office-place.ts';

const hasBrowser = hasBrowserFor('the year of the office is');

let place: OfficePlace;
let origin = '';
let clock = new Date('2023-01-05T08:00:00Z');
const pages = new Map<string, Page>();

beforeAll(async () => {
  if (!hasBrowser) return;
  place = await openOffice('shanghai', () => clock);
  origin = place.origin;
});
afterAll(() => place?.close());

/**
 * The year of a review: from opening a round to a citizen who reads and traces what came of it. The same office plays the first
 * year in English and the next in Chinese, with the same people: an office does not begin anew with every round.
 */
describe.skipIf(!hasBrowser).each([
  { language: 'en', year: 2023, administrator: 'zhou', share: '18.9' },
  { language: 'zh', year: 2024, administrator: 'lin', share: '19.4' },
] as const)('a year of the office, in $language', ({ language, year, administrator, share }) => {
  const say = (en: string, zh: string): string => (language === 'en' ? en : zh);
  /** A day of the year that is played; an hour where one is given. */
  const on = (day: string): string => `${year}-${day}`;

  /** Somebody of the office; the administrator joins and signs in by the pages, as a person does. */
  async function someone(name: string, ...grants: readonly Grant[]): Promise<Page> {
    // The approver reads and writes without a script.
    const how = { byPages: name === administrator, script: name !== 'zhao' };
    const page = pages.get(name) ?? (await place.someone(name, language, grants, how));
    pages.set(name, page);
    return page;
  }
  const pageOf = (name: string): Page => {
    const page = pages.get(name);
    if (page === undefined) throw new Error(`${name} has not joined`);
    return page;
  };
  const office = (path = ''): string => `${origin}/${language}/shanghai/office/${path}`;
  const round = `vlr-${year}`;
  const sheet = (area: string, department: string): string =>
    office(`rounds/${round}/sheet/?area=${area}&department=${department}`);
  /** What somebody is told of this round; of the year before something may still be there. */
  const notices = `.notices a[href*="/${round}/"]`;
  async function picture(page: Page, name: string): Promise<void> {
    await isAccessible(page, name);
    if (process.env.MODELCITY_PICTURES !== '1') return;
    const path = (size: string): string =>
      fileURLToPath(new URL(`../docs/pictures/office-${name}-${language}${size}.png`, import.meta.url));
    await page.screenshot({ path: path('') });
    if (process.env.MODELCITY_NARROW !== undefined) {
      await page.setViewportSize({ width: 360, height: 780 });
      await page.screenshot({ path: `${process.env.MODELCITY_NARROW}/${name}-${language}.png` });
      await page.setViewportSize({ width: 1280, height: 900 });
    }
  }

  it('an administrator opens a round', async () => {
    clock = new Date(on('01-05T08:00:00Z'));
    const page = await someone(administrator, { role: 'administrator', area: '*', department: '*' });
    await page.goto(office('rounds/new/?goal=7&key=on'));
    await page.fill('#id', round);
    await page.fill('#period', String(year - 1));
    await page.fill('#name-en', `Review ${year}`);
    await page.fill('#name-zh', `${year}年自愿评估`);
    await page.fill('#theme-en', 'Energy for a city that saves it');
    await page.fill('#theme-zh', '节约型城市的能源');
    await page.fill('#opens', on('01-01'));
    await page.fill('#due', on('02-15'));
    await page.fill('#check', on('03-01'));
    await page.fill('#approve', on('03-15'));
    await page.fill('#release', on('06-05T01:00'));
    for (const area of ['310000', '310117', '310120']) await page.check(`input[name=area][value="${area}"]`);
    await page.fill(
      '#departments',
      'energy, Development and Reform Commission, 发展和改革委员会\nhousing, Housing Commission, 住房和城乡建设管理委员会\nindustry, Economy and Informatization Commission, 经济和信息化委员会',
    );
    for (const [indicator, department, why] of [
      ['nonfossil_share', 'energy', say('target 7.2', '具体目标7.2')],
      ['energy_per_gdp', 'energy', say('target 7.3', '具体目标7.3')],
      ['gas_users', 'housing', say('target 7.1', '具体目标7.1')],
      ['nev_promoted', 'industry', say('target 7.2', '具体目标7.2')],
    ]) {
      await page.check(`input[name=ask][value="${indicator}"]`);
      await page.fill(`input[name="department|${indicator}"]`, department ?? '');
      await page.fill(`input[name="reason|${indicator}"]`, why ?? '');
    }
    await picture(page, 'open-round');
    await page.click('button.main');
    await page.waitForURL(new RegExp(`rounds/${round}/$`));
    expect(await page.locator('table.board tbody tr').count()).toBe(9);
  });

  it('Songjiang fills its sheet in the grid: by keyboard, from a spreadsheet, and over a broken connection', async () => {
    const page = await someone('song', { role: 'reporter', area: '310117', department: '*' });
    await page.goto(sheet('310117', 'energy'));
    const share = page.locator('tr[data-indicator=nonfossil_share] input[name^="value|"]');
    await share.fill('about 12');
    await page.keyboard.press('Enter');
    await page.locator('tr[data-indicator=nonfossil_share] .fault').first().waitFor();
    await picture(page, 'grid-fault');
    await share.fill('12.4');
    await page.locator('.saved-state[data-state=saved]').waitFor();
    const energy = page.locator('tr[data-indicator=energy_per_gdp] input[name^="value|"]');
    await page.context().setOffline(true);
    await energy.fill('0.31');
    await page.locator('.saved-state[data-state=offline]').waitFor();
    await page.context().setOffline(false);
    await page.locator('.saved-state[data-state=saved]').waitFor();
    await page.reload();
    expect(await share.inputValue()).toBe('12.4');
    expect(await energy.inputValue()).toBe('0.31');
    await energy.focus();
    await page.keyboard.press('ArrowDown');
    await page.evaluate(() => {
      const paste = new DataTransfer();
      paste.setData('text/plain', '0.30\t\tnew base year\n12.5\t\tas reported');
      const [first] = document.querySelectorAll<HTMLInputElement>('input[name^="value|"]');
      first?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: paste, bubbles: true, cancelable: true }),
      );
    });
    await page.locator('.saved-state[data-state=saved]').waitFor();
    expect(await share.inputValue()).toBe('12.5');
    await picture(page, 'grid');
    for (const department of ['housing', 'industry']) {
      await page.goto(sheet('310117', department));
      await page
        .locator('input[name^="value|"]')
        .first()
        .fill(department === 'housing' ? '412000' : '38000');
      await page.locator('.saved-state[data-state=saved]').waitFor();
      await page.click('button[value=submitted]');
    }
    await page.goto(sheet('310117', 'energy'));
    await page.click('button[value=submitted]');
    expect(await page.locator('td.state.s-submitted').count()).toBe(2);
    await page.goto(sheet('310120', 'energy'));
    expect(await page.locator('table.grid').count()).toBe(0);
  });

  it('two write one cell: both see both values', async () => {
    const one = await someone('feng', { role: 'reporter', area: '310120', department: '*' });
    const two = await someone('xian', { role: 'reporter', area: '310120', department: 'energy' });
    const cell = 'tr[data-indicator=energy_per_gdp] input[name^="value|"]';
    await one.goto(sheet('310120', 'energy'));
    await two.goto(sheet('310120', 'energy'));
    await one.fill(cell, '0.40');
    await one.locator('.saved-state[data-state=saved]').waitFor();
    await two.fill(cell, '0.41');
    await two.locator('.conflict').waitFor();
    expect(await two.locator('.conflict').innerText()).toContain('0.40');
    expect(await two.inputValue(cell)).toBe('0.41');
    await picture(two, 'conflict');
    await two.locator('.conflict button').first().click();
    await two.locator('.saved-state[data-state=saved]').waitFor();
    await one.fill(cell, '0.42');
    await one.locator('.conflict').waitFor();
    expect(await one.locator('.conflict').innerText()).toContain('0.41');
  });

  it('Fengxian fills a spreadsheet; a fault is told by its cell', async () => {
    const page = pageOf('feng');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.evaluate(() => localStorage.clear());
    await page.goto(sheet('310120', 'housing'));
    const response = await page
      .context()
      .request.get(`${origin}/api/office/shanghai/rounds/${round}/sheet.xlsx?area=310120&department=housing`);
    expect(response.status()).toBe(200);
    const head = ['area', 'department', 'indicator', 'breakdown', 'expected', 'value', 'reason', 'note'];
    const fill = async (value: string | number) =>
      writeXlsx([
        head.map((text) => ({ value: text })),
        [
          { value: '310120' },
          { value: 'housing' },
          { value: 'gas_users' },
          null,
          { value: '0' },
          typeof value === 'number' ? { value, type: Number } : { value },
          null,
          null,
        ],
      ]).toBuffer();
    const send = async (value: string | number): Promise<void> => {
      await page.setInputFiles('#file', {
        name: 'sheet.xlsx',
        mimeType: 'application/octet-stream',
        buffer: await fill(value),
      });
      await page.locator('form[enctype] button').click();
      await page.waitForLoadState();
    };
    await send('many');
    expect(await page.locator('.told').innerText()).toMatch(say('row 2, column I', '第2行，I列'));
    await send(305000);
    expect(await page.locator('input[name^="value|"]').first().inputValue()).toBe('305000');
    await page.click('button[value=submitted]');
    await page.goto(sheet('310120', 'energy'));
    await page
      .locator('tr[data-indicator=nonfossil_share] input[name^="reason|"]')
      .fill(say('not measured in districts', '区级未统计'));
    await page.locator('.saved-state[data-state=saved]').waitFor();
    await page.click('button[value=submitted]');
    expect(await page.locator('td.state.s-submitted').count()).toBe(2);
  });

  it('the city’s departments send theirs by program, with a key', async () => {
    const page = await someone('bot', { role: 'reporter', area: '310000', department: '*' });
    await page.goto(`${origin}/${language}/account/`);
    await page.fill('input[name=label]', 'statistics system');
    await page.check('input[name=roles][value=reporter]');
    await page.locator('form:has(input[name=label]) button').click();
    const key = await page.locator('code.key').innerText();
    const call = (path: string, body: unknown) =>
      fetch(`${origin}/api/office/shanghai/rounds/${round}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const values = [
      ['energy', 'nonfossil_share', share],
      ['energy', 'energy_per_gdp', '0.27'],
      ['housing', 'gas_users', '7912000'],
      ['industry', 'nev_promoted', '992000'],
    ];
    const cells = values.map(([department, indicator, value]) => ({
      area: '310000',
      department,
      indicator,
      value,
      expected: 0,
    }));
    const saved = await call('cells', { save: `${round}-system-run-1`, cells });
    expect([saved.status, await saved.json()]).toMatchObject([
      200,
      { cells: cells.map(() => ({ outcome: 'saved' })) },
    ]);
    const other = await call('cells', {
      save: `${round}-system-run-2`,
      cells: [{ ...cells[0], area: '310117' }],
    });
    expect(await other.json()).toMatchObject({ cells: [{ outcome: 'refused', why: 'not-yours' }] });
    for (const department of ['energy', 'housing', 'industry'])
      expect((await call(`submit?area=310000&department=${department}`, {})).status).toBe(200);
  });

  it('reminders go to who owes something; a checker sends a cell back with a word to a colleague', async () => {
    clock = new Date(on('02-10T08:00:00Z'));
    const { store, live } = place;
    const turn = () =>
      officeTurn({ store, people: store.people, places: () => live.catalogues(), now: clock });
    await turn();
    await turn();
    const feng = pageOf('feng');
    await feng.goto(office());
    expect(await feng.locator(notices).count()).toBe(1);
    const page = await someone('chen', { role: 'checker', area: '*', department: '*' });
    await page.goto(sheet('310117', 'energy'));
    await page.click('tr[data-indicator=energy_per_gdp] th a');
    await page.fill(
      '#said',
      say('The unit asked for is tce, not tonnes of oil.', '请以吨标准煤填报，而非吨标准油。'),
    );
    await page.click('button[value=returned]');
    await page.fill('#text', say('@song please look at the unit', '@song 请核对单位'));
    await page.click('button[value=say]');
    await picture(page, 'cell');
    const song = pageOf('song');
    await song.goto(office());
    expect(await song.locator(notices).count()).toBe(2);
    await picture(song, 'office');
    await song.goto(sheet('310117', 'energy'));
    expect(await song.locator('.said').innerText()).toContain(say('tonnes of oil', '吨标准油'));
    await song.locator('tr[data-indicator=energy_per_gdp] input[name^="value|"]').fill('0.32');
    await song.locator('.saved-state[data-state=saved]').waitFor();
    await song.click('button[value=submitted]');
  });

  it('checker and approver go over the board, without a script too', async () => {
    const page = pageOf('chen');
    const approver = await someone('zhao', { role: 'approver', area: '*', department: '*' });
    for (const [who, step] of [
      [page, 'checked'],
      [approver, 'approved'],
    ] as const)
      for (const area of ['310000', '310117', '310120'])
        for (const department of ['energy', 'housing', 'industry']) {
          if (area === '310120' && department === 'industry') continue;
          if (area === '310117') {
            await who.goto(sheet(area, department));
            await who.click(`button[value=${step}]`);
            expect(await who.locator('.told').innerText(), `${area} ${department}`).toMatch(/^[12]/);
            continue;
          }
          // Sent as the browser sends the form; the pages have been seen once for each of the two.
          const form = { form: { do: step }, headers: { origin } };
          const answer = await who.context().request.post(sheet(area, department), form);
          expect(await answer.text(), `${area} ${department}`).toMatch(/class="told"[^>]*>\s*[12]/);
        }
    await page.goto(office(`rounds/${round}/`));
    await picture(page, 'board');
  });

  it('an editor writes; the audit speaks at the text and keeps it from being signed until it is mended', async () => {
    const editor = await someone('anne', { role: 'editor', area: '*', department: '*' });
    const approver = pageOf('zhao');
    const text = `${office('writing/vlr-2022/outlook/')}${language}/`;
    const field = '#w-text';
    const saved = editor.locator('.w-state[data-state=saved]');
    await editor.goto(text);
    const before = await editor.inputValue(field);
    const sentence = (points: string): string =>
      say(
        `The share of non-fossil energy rose from 12.0 % to 15.0 %, by ${points} percentage points.`,
        `非化石能源占比由12.0%提高到15.0%，提高了${points}个百分点。`,
      );
    await editor.fill(
      field,
      `${before}\n\n${sentence('5.0')}\n\n{% value indicator="no_such" period="2020" /%}`,
    );
    await saved.waitFor();
    await editor.reload();
    const margin = editor.locator('.w-findings');
    expect(await margin.innerText()).toContain(say('that is 3.', '应为 3。'));
    await picture(editor, 'writing');
    const signed = async (): Promise<string> => {
      await approver.goto(text);
      await approver.click('button[value=signed]');
      return approver.locator('.told').first().innerText();
    };
    expect(await signed()).toContain(say('has errors', '有错误'));
    await editor.fill(field, `${before}\n\n${sentence('3.0')}`);
    await saved.waitFor();
    await editor.reload();
    expect(await margin.innerText()).not.toContain(say('that is 3.', '应为 3。'));
    expect(await signed()).toContain(say('Signed off', '已签发'));
  });

  it('nothing is public before the embargo; a publisher releases; a citizen reads and an assessor traces', async () => {
    const citizen = await (await place.browser.newContext()).newPage();
    const indicator = `${origin}/${language}/shanghai/indicators/nonfossil_share/`;
    await citizen.goto(indicator);
    expect(await citizen.content()).not.toContain(share);
    expect((await citizen.goto(sheet('310117', 'energy')))?.url()).toContain('/sign-in/');
    const page = await someone('pu', { role: 'publisher', area: '*', department: '*' });
    await page.goto(office(`rounds/${round}/`));
    await page.click('button[value=release]');
    expect(await page.locator('.told').innerText()).toContain(on('06-05'));
    clock = new Date(on('06-05T01:00:00Z'));
    await page.goto(office(`rounds/${round}/`));
    await page.click('button[value=release]');
    await page.waitForLoadState();
    await place.following.refresh();
    await citizen.goto(indicator);
    expect(await citizen.content()).toContain(share);
    const figures: { items: { code: string; value: string }[] } = await (
      await fetch(`${origin}/api/places/shanghai/figures?indicator=nonfossil_share&area=310000`)
    ).json();
    const code = figures.items.find(({ value }) => value === share)?.code ?? '';
    await citizen.goto(`${origin}/${language}/shanghai/figures/${code}/`);
    const trace = await citizen.locator('main').innerText();
    expect(trace).toContain(share);
    expect(trace).toContain(say(`Returns of departments: Review ${year}`, `各部门填报：${year}年自愿评估`));
    await picture(citizen, 'trace');
    await citizen.context().close();
  });

  it('an auditor finds all of it in the trail', async () => {
    const page = await someone('shen', { role: 'auditor', area: '*', department: '*' });
    await page.goto(office(`trail/?q=${round}`));
    const saves = page.locator('table tbody tr', { hasText: 'cells.save' });
    expect(await saves.count()).toBeGreaterThan(4);
    await picture(page, 'trail');
    await page.goto(office('people/'));
    expect(await page.locator('table').count()).toBe(0);
    const administers = pageOf(administrator);
    await administers.goto(office('people/'));
    expect(await administers.locator('main').innerText()).toContain('song');
    await picture(administers, 'people');
    const csv = await (await page.context().request.get(`${origin}/api/office/shanghai/trail.csv`)).text();
    expect(csv).toContain('"round.act"');
    expect(csv).not.toContain(password);
  });
});
