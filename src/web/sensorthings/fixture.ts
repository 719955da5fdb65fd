import type { TestEngine } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import type { Workspace } from '../../model/index.ts';
import { createApp, LivePlaces, sensorServices } from '../index.ts';

export const workspace: Workspace = {
  city: {
    modelcity: 1,
    id: 'city',
    name: { en: 'City', zh: '城市' },
    area: 'A',
    languages: ['en', 'zh'],
    areas: [
      { id: 'A', name: { en: 'City', zh: '城市' }, kind: 'city' },
      { id: 'A1', name: { en: 'District', zh: '区' }, kind: 'district', parent: 'A' },
    ],
    sources: [],
    dimensions: [],
  },
  indicators: [],
  observations: [],
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
};
export const root = 'http://localhost/sensorthings/city/v1.1';

/** A server on a store of its own, and ways to ask it. */
export async function servedOn(engine: TestEngine) {
  const store = await (await engine.place()).open();
  const places = new LivePlaces([{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 }]);
  const services = sensorServices(store, () => places.catalogues());
  const app = createApp({ places, store, openSensors: true, sensors: services });
  const ask = async (path: string) => {
    const answer = await app.request(path.startsWith('http') ? path : `${root}/${path}`);
    return { status: answer.status, body: answer.status === 200 ? await answer.json() : null };
  };
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await app.request(`${root}/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      body: text === '' ? null : JSON.parse(text),
    };
  };
  const page = async (path: string) => (await app.request(`http://localhost${path}`)).text();
  return { app, store, services, ask, send, page };
}
