-- The log of submissions. Positions come from a counter row per city, locked inside the transaction that
-- uses them, so they become visible in order and "as of N" never changes.
-- Keys and constraints are legal on a PostgreSQL spread over machines by area: see docs/scale.md.

CREATE TABLE city_log (
  city text COLLATE "C" PRIMARY KEY CHECK (city <> ''),
  head bigint NOT NULL DEFAULT 0 CHECK (head >= 0)
);

CREATE TABLE submission (
  city text COLLATE "C" NOT NULL REFERENCES city_log,
  position bigint NOT NULL CHECK (position > 0),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('workspace', 'record')),
  agent text NOT NULL CHECK (agent <> ''),
  received timestamptz NOT NULL,
  corrects bigint,
  PRIMARY KEY (city, position),
  FOREIGN KEY (city, corrects) REFERENCES submission,
  CHECK (corrects < position)
);

-- The bytes stand in sources/ under their hash, on disk before this row commits.
CREATE TABLE submission_file (
  city text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  path text COLLATE "C" NOT NULL CHECK (path <> ''),
  sha256 text COLLATE "C" NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint NOT NULL CHECK (size >= 0),
  PRIMARY KEY (city, position, path),
  FOREIGN KEY (city, position) REFERENCES submission
);

-- Which areas a submission writes to: the anchor beside the records of an area, so that a record's
-- foreign key to its submission carries the area and never leaves the machine that holds it.
CREATE TABLE submission_area (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (city, area, position),
  FOREIGN KEY (city, position) REFERENCES submission
);
