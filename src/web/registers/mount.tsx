import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { declareRule } from '../rules.ts';
import type { Site } from '../site.ts';
import { mountRegisterApi } from './api.ts';
import { citizenReport, followedCase } from './citizen-desk.tsx';
import { correctPage } from './correct-page.tsx';
import { type Answer, type AtDesk, Desk } from './desk.ts';
import { mountGeoReport } from './georeport.ts';
import { Hall, type RegistersOptions } from './hall.ts';
import { HallPage } from './hall-page.tsx';
import { takenTable } from './intake-desk.tsx';
import {
  answersOfDepartments,
  attachedFile,
  balancesOfYear,
  listOfCases,
  matchesWithOthers,
  oneCase,
  rulesOfRegister,
} from './read-desk.tsx';
import { enteredStep, forgottenCase } from './step-desk.tsx';

type Page = (desk: Desk, at: AtDesk) => Promise<Answer>;

/** The pages of registers, the citizen's pages, GeoReport and the JSON interface. A published site has none of them. */
export function mountRegisters(site: Site, options: RegistersOptions): void {
  if (site.store === undefined) return;
  const hall = new Hall(site, options);
  const desk = new Desk(site, hall);
  const at = (page: Page) => (c: Context) => desk.inRegister(c, (here) => page(desk, here));
  const atComplaints = (page: Page) => (c: Context) => desk.inComplaints(c, (here) => page(desk, here));
  const { app } = site;
  const root = '/:language{en|zh}/:city';
  for (const [method, path] of routes) declareRule(app, method, path, 'anyone');
  const limit = bodyLimit({ maxSize: 12 * 1024 * 1024 });

  app.get(`${root}/registers/`, (c) =>
    desk.inPlace(c, async (view, all) => <HallPage all={all} view={view} />),
  );
  app.get(`${root}/registers/:id/`, at(listOfCases));
  app.get(`${root}/registers/:id/rules/`, at(rulesOfRegister));
  app.get(`${root}/registers/:id/answers/`, at(answersOfDepartments));
  app.get(`${root}/registers/:id/balances/`, at(balancesOfYear));
  app.get(`${root}/registers/:id/matches/`, at(matchesWithOthers));
  app.get(`${root}/registers/:id/intake/`, at(takenTable));
  app.post(`${root}/registers/:id/intake/`, limit, at(takenTable));
  app.get(`${root}/registers/:id/enter/:kind/`, at(enteredStep));
  app.post(`${root}/registers/:id/enter/:kind/`, limit, at(enteredStep));
  app.get(`${root}/registers/:id/cases/:number/`, at(oneCase));
  app.get(`${root}/registers/:id/cases/:number/take/:kind/`, at(enteredStep));
  app.post(`${root}/registers/:id/cases/:number/take/:kind/`, limit, at(enteredStep));
  app.get(`${root}/registers/:id/cases/:number/correct/:seq/`, at(correctPage));
  app.post(`${root}/registers/:id/cases/:number/correct/:seq/`, limit, at(correctPage));
  app.post(`${root}/registers/:id/cases/:number/forget/`, limit, at(forgottenCase));
  app.get(`${root}/registers/:id/cases/:number/files/:field/:name`, at(attachedFile));
  app.get(`${root}/report/`, atComplaints(citizenReport));
  app.post(`${root}/report/`, limit, atComplaints(citizenReport));
  app.get(`${root}/follow/`, atComplaints(followedCase));
  app.post(`${root}/follow/`, limit, atComplaints(followedCase));
  mountRegisterApi(site, hall);
  mountGeoReport(site, hall);
}

const place = '/:language{en|zh}/:city';

/** Open to anyone: what someone sees and may do there is for the register's declaration to say, field by field and step by step. */
const routes: readonly (readonly ['GET' | 'POST', string])[] = [
  ...[
    '/registers/',
    '/registers/:id/',
    '/registers/:id/rules/',
    '/registers/:id/answers/',
    '/registers/:id/balances/',
    '/registers/:id/matches/',
    '/registers/:id/cases/:number/',
    '/registers/:id/cases/:number/files/:field/:name',
  ].map((path) => ['GET', place + path] as const),
  ...[
    '/registers/:id/intake/',
    '/registers/:id/enter/:kind/',
    '/registers/:id/cases/:number/take/:kind/',
    '/registers/:id/cases/:number/correct/:seq/',
    '/report/',
    '/follow/',
  ].flatMap((path) => [['GET', place + path] as const, ['POST', place + path] as const]),
  ['POST', `${place}/registers/:id/cases/:number/forget/`],
  ['POST', '/api/places/:city/registers/:id/cases'],
  ['POST', '/api/places/:city/registers/:id/epcis/capture'],
  ['POST', '/api/places/:city/registers/:id/ocds'],
  ['POST', '/api/places/:city/registers/:id/cases/:number/steps'],
  ['POST', '/api/places/:city/registers/:id/cases/:number/steps/:seq/corrections'],
];
