-- Who has which section of a text open, on whatever server: written again every few seconds, and worth nothing once the
-- page is closed. Not logged: after a crash nobody is there, which is true.
CREATE UNLOGGED TABLE presence (
  city text COLLATE "C" NOT NULL,
  place text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  name text NOT NULL,
  section text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (city, place, person)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON presence TO modelcity_keeper;
ALTER TABLE presence ENABLE ROW LEVEL SECURITY; ALTER TABLE presence FORCE ROW LEVEL SECURITY;
CREATE POLICY one_city ON presence USING ((SELECT current_city()) = '*' OR city = (SELECT current_city()));
