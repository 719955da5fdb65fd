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
