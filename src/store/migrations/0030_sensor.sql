-- What observes, and what it observed. Entities are the things of OGC SensorThings (things, sensors, datastreams …):
-- versions of one entity are counted from 1, so two writers cannot both follow the same one.
CREATE TABLE sensor_entity (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  id bigint NOT NULL CHECK (id > 0),
  version integer NOT NULL CHECK (version > 0),
  position bigint NOT NULL,
  removed boolean NOT NULL,
  body jsonb NOT NULL,
  CONSTRAINT sensor_entity_pkey PRIMARY KEY (city, area, type, id, version),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position)
);
CREATE INDEX sensor_entity_id ON sensor_entity (city, type, id, version DESC);

-- The way back along the links that entities keep. A row says that some version had the link; whether the newest has
-- it is asked of the entity itself.
CREATE TABLE sensor_link (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  link text COLLATE "C" NOT NULL,
  other bigint NOT NULL,
  id bigint NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (city, area, link, other, id, position),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position)
);

-- Readings that keep no beat or are no plain numbers: what one submission brought of one stream for one day, in arrays.
-- `at` counts milliseconds of the day; `first` is the number of the first within its stream, the others follow it.
-- Days begin as those of reading_day do.
CREATE TABLE sensed_day (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  stream bigint NOT NULL CHECK (stream > 0),
  first bigint NOT NULL CHECK (first > 0),
  day date NOT NULL,
  position bigint NOT NULL,
  feature bigint NOT NULL,
  at integer[] NOT NULL,
  results jsonb NOT NULL,
  details jsonb,
  CONSTRAINT sensed_day_pkey PRIMARY KEY (city, area, stream, first),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position),
  CHECK (array_ndims(at) = 1 AND jsonb_array_length(results) = cardinality(at))
);
CREATE INDEX sensed_day_stream ON sensed_day (city, stream, day);
CREATE INDEX sensed_day_day ON sensed_day (city, day);
CREATE INDEX sensed_day_feature ON sensed_day (city, feature, stream, first);

-- Corrections of single readings: the newest version stands for the reading; without a body it is withdrawn.
CREATE TABLE sensed_change (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  stream bigint NOT NULL,
  number bigint NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  position bigint NOT NULL,
  day date,
  feature bigint,
  body jsonb,
  CONSTRAINT sensed_change_pkey PRIMARY KEY (city, area, stream, number, version),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position),
  CHECK (num_nulls(day, feature, body) IN (0, 3))
);
CREATE INDEX sensed_change_stream ON sensed_change (city, stream, number, version);
CREATE INDEX sensed_change_day ON sensed_change (city, day);
CREATE INDEX sensed_change_feature ON sensed_change (city, feature);

GRANT SELECT ON sensor_entity, sensor_link, sensed_day, sensed_change TO modelcity_reader, modelcity_writer;
GRANT INSERT ON sensor_entity, sensor_link, sensed_day, sensed_change TO modelcity_writer;
ALTER TABLE sensor_entity ENABLE ROW LEVEL SECURITY; ALTER TABLE sensor_entity FORCE ROW LEVEL SECURITY;
ALTER TABLE sensor_link ENABLE ROW LEVEL SECURITY; ALTER TABLE sensor_link FORCE ROW LEVEL SECURITY;
ALTER TABLE sensed_day ENABLE ROW LEVEL SECURITY; ALTER TABLE sensed_day FORCE ROW LEVEL SECURITY;
ALTER TABLE sensed_change ENABLE ROW LEVEL SECURITY; ALTER TABLE sensed_change FORCE ROW LEVEL SECURITY;
CREATE POLICY areas_named ON sensor_entity USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON sensor_link USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON sensed_day USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON sensed_change USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
