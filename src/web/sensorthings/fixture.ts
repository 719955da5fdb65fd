import type { TestEngine } from '../../../scripts/test-stores.ts';
import { FigureSet } from '../../figures/index.ts';
import type { Workspace } from '../../model/index.ts';
import { createApp } from '../index.ts';

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

const om = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement';
const kwh = { name: 'kilowatt hour', symbol: 'kW.h', definition: 'ucum:kW.h' };
const sensor = {
  name: 'M',
  description: 'meter',
  encodingType: 'text/html',
  metadata: 'https://example.org/',
};
const energy = { name: 'Energy', definition: 'https://example.org/energy', description: 'used' };
const place = {
  name: 'Works',
  description: 'gate 1',
  encodingType: 'application/geo+json',
  location: { type: 'Point', coordinates: [121.47, 31.23] },
};

/** A works with a meter on a beat of fifteen minutes (stream 1) and a station of two results (stream 2). */
export const works = {
  name: 'Works',
  description: 'a key unit',
  Locations: [place],
  Datastreams: [
    {
      name: 'Main meter',
      description: 'electricity',
      observationType: om,
      unitOfMeasurement: kwh,
      properties: { beat: 'PT15M', decimals: 1, area: 'A1' },
      Sensor: sensor,
      ObservedProperty: energy,
    },
  ],
  MultiDatastreams: [
    {
      name: 'Stack',
      description: 'two gases',
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation',
      multiObservationDataTypes: [om, om],
      unitOfMeasurements: [kwh, kwh],
      Sensor: sensor,
      ObservedProperties: [energy, { ...energy, name: 'Other' }],
    },
  ],
};

/** A server on a store of its own, and ways to ask it. */
export async function servedOn(engine: TestEngine) {
  const store = await (await engine.place()).open();
  const app = createApp({
    places: [{ workspace, figures: new FigureSet(workspace, { asOf: 1 }), asOf: 1 }],
    store,
    openSensors: true,
  });
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
  return { store, ask, send };
}
