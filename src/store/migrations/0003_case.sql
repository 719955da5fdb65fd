-- The declared steps of a register: '' is the start. A version of a register never changes once declared.
CREATE TABLE transition (
  city text COLLATE "C" NOT NULL,
  register text COLLATE "C" NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  from_kind text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind <> ''),
  position bigint NOT NULL,
  PRIMARY KEY (city, register, version, from_kind, kind),
  FOREIGN KEY (city, position) REFERENCES submission
);

-- Steps in the life of a case. The foreign keys are the rule: a step must be declared, and must follow the event
-- that the case last reached; two events can't follow the same one, since (stream, seq) is the key.
CREATE TABLE event (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  seq integer NOT NULL CHECK (seq > 0),
  register text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  prev_seq integer,
  from_kind text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (city, area, stream, seq),
  UNIQUE (city, area, stream, seq, register, kind),
  CONSTRAINT event_submission FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position),
  CONSTRAINT event_step FOREIGN KEY (city, register, version, from_kind, kind) REFERENCES transition,
  CONSTRAINT event_follows FOREIGN KEY (city, area, stream, prev_seq, register, from_kind)
    REFERENCES event (city, area, stream, seq, register, kind),
  CONSTRAINT event_start CHECK (CASE WHEN seq = 1 THEN prev_seq IS NULL AND from_kind = ''
    ELSE prev_seq IS NOT NULL AND prev_seq = seq - 1 AND from_kind <> '' END)
);

-- Versions of what an event says. The step itself stays; a mistake in its time, actor or content is corrected here.
CREATE TABLE event_detail (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  seq integer NOT NULL,
  position bigint NOT NULL,
  occurred timestamptz NOT NULL,
  actor text,
  body jsonb NOT NULL,
  PRIMARY KEY (city, area, stream, seq, position),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position),
  FOREIGN KEY (city, area, stream, seq) REFERENCES event (city, area, stream, seq)
);
