-- What flows, in one unit each.
CREATE TABLE item (
  city text COLLATE "C" NOT NULL,
  item text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (city, item),
  UNIQUE (city, item, unit),
  FOREIGN KEY (city, position) REFERENCES submission
);

-- Who can hold a quantity. A boundary holder stands for the world outside the account (households that throw away,
-- the atmosphere, an issuing authority): only its balance may be negative, so all balances of an item sum to zero.
CREATE TABLE holder (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  holder text COLLATE "C" NOT NULL,
  boundary boolean NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (city, area, holder),
  UNIQUE (city, area, holder, boundary),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position)
);

-- Versions of flows. One row is both sides of the entry, so an unbalanced entry can't be written. The row lives with
-- the area it leaves; the holder it enters is checked by that holder's balance, which lives with its own area.
CREATE TABLE flow (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  occurred timestamptz,
  item text COLLATE "C",
  unit text COLLATE "C",
  quantity numeric CHECK (quantity > 0),
  from_holder text COLLATE "C",
  to_area text COLLATE "C",
  to_holder text COLLATE "C",
  stream text COLLATE "C",
  seq integer,
  PRIMARY KEY (city, area, id, position),
  FOREIGN KEY (city, area, position) REFERENCES submission_area (city, area, position),
  CONSTRAINT flow_holder FOREIGN KEY (city, area, from_holder) REFERENCES holder (city, area, holder),
  CONSTRAINT flow_item FOREIGN KEY (city, item, unit) REFERENCES item (city, item, unit),
  CONSTRAINT flow_event FOREIGN KEY (city, area, stream, seq) REFERENCES event (city, area, stream, seq),
  CONSTRAINT flow_moves CHECK (area <> to_area OR from_holder <> to_holder),
  CONSTRAINT flow_complete CHECK (
    CASE WHEN withdrawn THEN num_nonnulls(occurred, item, unit, quantity, from_holder, to_area, to_holder, stream, seq) = 0
         ELSE num_nulls(occurred, item, unit, quantity, from_holder, to_area, to_holder) = 0
           AND (stream IS NULL) = (seq IS NULL) END)
);

-- What each holder has now: with city_log the only rows that are ever updated.
CREATE TABLE balance (
  area text COLLATE "C" NOT NULL,
  city text COLLATE "C" NOT NULL,
  holder text COLLATE "C" NOT NULL,
  item text COLLATE "C" NOT NULL,
  boundary boolean NOT NULL,
  quantity numeric NOT NULL,
  PRIMARY KEY (city, area, holder, item),
  CONSTRAINT balance_holder FOREIGN KEY (city, area, holder, boundary) REFERENCES holder (city, area, holder, boundary),
  CONSTRAINT balance_item FOREIGN KEY (city, item) REFERENCES item (city, item),
  CONSTRAINT balance_covered CHECK (boundary OR quantity >= 0)
);
