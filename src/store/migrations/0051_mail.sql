-- Mail on its way out. A notice is mailed by its id: what it says and to whom is read when it leaves. A link that works once is
-- kept sealed with the secret of the servers. What was sent, or given up, keeps neither address nor text.
CREATE TABLE mail (
  city text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('notice', 'reminder', 'join', 'recover')),
  person text REFERENCES person,
  address text,
  sealed text,
  made timestamptz NOT NULL,
  -- When it is to be tried next; a sender that takes it moves this on, so that nobody else takes it meanwhile.
  due timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  -- Null while it waits.
  outcome text COLLATE "C" CHECK (outcome IN ('sent', 'refused', 'given-up', 'not-wanted')),
  PRIMARY KEY (city, id),
  CHECK (person IS NOT NULL OR address IS NOT NULL OR outcome IS NOT NULL),
  CHECK (outcome IS NULL OR (address IS NULL AND sealed IS NULL))
);
CREATE INDEX mail_waiting ON mail (due) WHERE outcome IS NULL;

-- Each try at sending. Rows are added and read, never changed; neither addresses nor texts stand in them.
CREATE TABLE mail_try (
  city text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  try integer NOT NULL,
  at timestamptz NOT NULL,
  outcome text COLLATE "C" NOT NULL,
  detail text NOT NULL DEFAULT '',
  PRIMARY KEY (city, id, try),
  FOREIGN KEY (city, id) REFERENCES mail (city, id)
);

-- What somebody wants by mail; absent: everything, in both languages.
CREATE TABLE mail_choice (
  person text PRIMARY KEY REFERENCES person,
  language text COLLATE "C" NOT NULL CHECK (language IN ('both', 'en', 'zh')),
  wanted text COLLATE "C" NOT NULL CHECK (wanted IN ('all', 'no-reminders', 'links-only'))
);

GRANT SELECT, INSERT ON mail, mail_try, mail_choice TO modelcity_keeper;
GRANT UPDATE (due, tries, outcome, address, sealed) ON mail TO modelcity_keeper;
GRANT UPDATE (language, wanted) ON mail_choice TO modelcity_keeper;
ALTER TABLE mail ENABLE ROW LEVEL SECURITY; ALTER TABLE mail FORCE ROW LEVEL SECURITY;
ALTER TABLE mail_try ENABLE ROW LEVEL SECURITY; ALTER TABLE mail_try FORCE ROW LEVEL SECURITY;
CREATE POLICY one_city ON mail USING ((SELECT current_city()) = '*' OR city = (SELECT current_city()));
CREATE POLICY one_city ON mail_try USING ((SELECT current_city()) = '*' OR city = (SELECT current_city()));
