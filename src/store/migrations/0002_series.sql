-- Versions of what a workspace declares: city, areas, sources, indicators, frameworks, plans, reviews.
-- `body` is the meaning as JSON; file and file_row are kept for the trace only.
CREATE TABLE definition (
  city text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  body jsonb,
  file text,
  file_row integer,
  PRIMARY KEY (city, kind, id, position),
  FOREIGN KEY (city, position) REFERENCES submission,
  CHECK (withdrawn = (body IS NULL))
);

-- Versions of observations. A value is present, or missing with its reason; never neither.
CREATE TABLE observation (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  indicator text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  breakdown text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  value numeric,
  unit text COLLATE "C",
  status text COLLATE "C",
  reason_en text,
  reason_zh text,
  qualifier text COLLATE "C",
  source text COLLATE "C",
  locator text,
  ref text,
  note text,
  file text,
  file_row integer,
  PRIMARY KEY (city, indicator, area, period, breakdown, position),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position),
  CHECK (status IN ('A', 'B', 'E', 'F', 'I', 'P', 'U', 'V', 'L', 'M', 'O', 'Q')),
  CONSTRAINT observation_missing CHECK (withdrawn OR (value IS NULL) = (status IN ('L', 'M', 'O', 'Q'))),
  CONSTRAINT observation_reason CHECK ((reason_en IS NULL) = (reason_zh IS NULL)),
  CONSTRAINT observation_complete CHECK (
    CASE WHEN withdrawn THEN num_nonnulls(value, unit, status, reason_en, qualifier, source, locator, ref, note) = 0
         ELSE num_nulls(unit, status, source, locator) = 0 END)
);

-- Versions of targets and claims: what documents say about series without being their data.
CREATE TABLE statement (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('target', 'claim')),
  id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  body jsonb,
  file text,
  file_row integer,
  PRIMARY KEY (city, kind, id, area, position),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position),
  CHECK (withdrawn = (body IS NULL))
);

-- Dense readings: a property of one entity, read per_day times a day, kept as whole numbers of 10^-decimals units.
CREATE TABLE series (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  series text COLLATE "C" NOT NULL,
  property text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  decimals integer NOT NULL CHECK (decimals BETWEEN 0 AND 9),
  per_day integer NOT NULL CHECK (per_day BETWEEN 1 AND 1440),
  position bigint NOT NULL,
  PRIMARY KEY (city, area, series),
  UNIQUE (city, area, series, per_day),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position)
);

-- NULL when nothing was read: a day without readings has no total, which is not a total of zero.
CREATE FUNCTION reading_total(integer[]) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT sum(reading) FROM unnest($1) AS reading);
CREATE FUNCTION reading_count(integer[]) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT count(reading) FROM unnest($1) AS reading);

-- One day of one series in a row; a place that was not read is NULL.
CREATE TABLE reading_day (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  series text COLLATE "C" NOT NULL,
  day date NOT NULL,
  position bigint NOT NULL,
  per_day integer NOT NULL,
  readings integer[] NOT NULL,
  total bigint GENERATED ALWAYS AS (reading_total(readings)) STORED,
  present integer GENERATED ALWAYS AS (reading_count(readings)) STORED,
  PRIMARY KEY (city, area, series, day, position),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position),
  FOREIGN KEY (city, area, series, per_day) REFERENCES series (city, area, series, per_day),
  CHECK (cardinality(readings) = per_day AND array_ndims(readings) = 1)
);
