-- People, how they sign in, what they may do, and what they did. Kept apart from the records of cities: the roles that
-- read and write records have no right here, and modelcity_keeper has none there.

-- The five tables of sign-in have the shape that the sign-in library writes, hence the names of their columns.
CREATE TABLE person (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL DEFAULT false,
  image text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "twoFactorEnabled" boolean DEFAULT false
);
CREATE TABLE session (
  id text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  token text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES person
);
CREATE INDEX session_person ON session ("userId");
CREATE TABLE credential (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES person,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  UNIQUE ("providerId", "accountId")
);
CREATE INDEX credential_person ON credential ("userId");
CREATE TABLE verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX verification_identifier ON verification (identifier);
CREATE TABLE second_factor (
  id text PRIMARY KEY,
  secret text NOT NULL,
  "backupCodes" text NOT NULL,
  "userId" text NOT NULL REFERENCES person,
  verified boolean DEFAULT true,
  "failedVerificationCount" integer DEFAULT 0,
  "lockedUntil" timestamptz
);
CREATE INDEX second_factor_person ON second_factor ("userId");

-- A role held in a city ('*': all) for an area ('*': all) and a department ('*': all). Taking it away is a row of its own,
-- so that what somebody was allowed at any time can be told.
CREATE TABLE role_grant (
  city text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  person text NOT NULL REFERENCES person,
  role text COLLATE "C" NOT NULL CHECK (role IN ('reader', 'reporter', 'checker', 'approver', 'editor', 'assessor',
    'publisher', 'administrator', 'auditor')),
  area text COLLATE "C" NOT NULL CHECK (area <> ''),
  department text COLLATE "C" NOT NULL CHECK (department <> ''),
  given_by text NOT NULL,
  given_at timestamptz NOT NULL,
  PRIMARY KEY (city, id)
);
CREATE INDEX role_grant_person ON role_grant (person);
CREATE TABLE role_grant_end (
  city text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  ended_by text NOT NULL,
  ended_at timestamptz NOT NULL,
  PRIMARY KEY (city, id),
  FOREIGN KEY (city, id) REFERENCES role_grant
);

-- A link that works once: to join, or to set a new password. Only the hash of its secret is kept.
CREATE TABLE one_time_link (
  city text COLLATE "C" NOT NULL,
  sha256 text COLLATE "C" NOT NULL,
  purpose text COLLATE "C" NOT NULL CHECK (purpose IN ('join', 'recover', 'recover-all')),
  email text NOT NULL,
  name text NOT NULL,
  grants jsonb NOT NULL,
  made_by text NOT NULL,
  expires timestamptz NOT NULL,
  used timestamptz,
  PRIMARY KEY (sha256)
);

-- Keys for programs: narrower than the person they act for, and never for ever.
CREATE TABLE api_key (
  id text COLLATE "C" PRIMARY KEY,
  sha256 text COLLATE "C" NOT NULL,
  person text NOT NULL REFERENCES person,
  label text NOT NULL,
  roles text[] NOT NULL CHECK (cardinality(roles) > 0),
  area text COLLATE "C" NOT NULL,
  made timestamptz NOT NULL,
  expires timestamptz NOT NULL CHECK (expires <= made + interval '366 days'),
  ended timestamptz
);
CREATE INDEX api_key_person ON api_key (person);

-- Failed tries, counted over a window by whatever they are limited by: an account, an address.
CREATE TABLE failed_try (
  subject text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (subject, at, id)
);

-- Who saw or did what. Rows are added and read, never changed.
CREATE TABLE audit_trail (
  city text COLLATE "C" NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  person text,
  name text NOT NULL,
  action text COLLATE "C" NOT NULL,
  object text NOT NULL,
  outcome text COLLATE "C" NOT NULL,
  address text,
  detail jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (city, id)
);
CREATE INDEX audit_trail_at ON audit_trail (city, at);

-- What a person is told in the office: a mention, a reminder, a cell that came back.
CREATE TABLE notice (
  city text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  person text NOT NULL REFERENCES person,
  at timestamptz NOT NULL,
  body jsonb NOT NULL,
  href text NOT NULL,
  seen timestamptz,
  PRIMARY KEY (city, id)
);
CREATE INDEX notice_person ON notice (person, at);

GRANT USAGE ON SCHEMA modelcity TO modelcity_keeper;
GRANT SELECT, INSERT, UPDATE, DELETE ON person, session, credential, verification, second_factor TO modelcity_keeper;
GRANT SELECT, INSERT ON role_grant, role_grant_end, one_time_link, api_key, failed_try, audit_trail, notice TO modelcity_keeper;
GRANT UPDATE (used) ON one_time_link TO modelcity_keeper;
GRANT UPDATE (ended) ON api_key TO modelcity_keeper;
GRANT UPDATE (seen) ON notice TO modelcity_keeper;
GRANT DELETE ON failed_try TO modelcity_keeper;
GRANT EXECUTE ON FUNCTION current_city() TO modelcity_keeper;

ALTER TABLE role_grant ENABLE ROW LEVEL SECURITY; ALTER TABLE role_grant FORCE ROW LEVEL SECURITY;
ALTER TABLE role_grant_end ENABLE ROW LEVEL SECURITY; ALTER TABLE role_grant_end FORCE ROW LEVEL SECURITY;
ALTER TABLE one_time_link ENABLE ROW LEVEL SECURITY; ALTER TABLE one_time_link FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_trail ENABLE ROW LEVEL SECURITY; ALTER TABLE audit_trail FORCE ROW LEVEL SECURITY;
ALTER TABLE notice ENABLE ROW LEVEL SECURITY; ALTER TABLE notice FORCE ROW LEVEL SECURITY;
CREATE POLICY one_city ON role_grant USING ((SELECT current_city()) = '*' OR city IN ('*', (SELECT current_city())));
CREATE POLICY one_city ON role_grant_end USING ((SELECT current_city()) = '*' OR city IN ('*', (SELECT current_city())));
CREATE POLICY one_city ON one_time_link USING ((SELECT current_city()) = '*' OR city = (SELECT current_city()));
CREATE POLICY one_city ON audit_trail USING ((SELECT current_city()) = '*' OR city = (SELECT current_city()));
CREATE POLICY one_city ON notice USING ((SELECT current_city()) = '*' OR city = (SELECT current_city()));

-- A department answers for its own cells only. The stream of a cell is named `cell:<round>:<department>:…`; whoever is
-- limited to some departments sees and writes the cells of those. This narrows the policy by area, it does not widen it.
CREATE FUNCTION current_departments() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(current_setting('modelcity.departments', true), ',');
GRANT EXECUTE ON FUNCTION current_departments() TO modelcity_reader, modelcity_writer;
CREATE POLICY departments_named ON event AS RESTRICTIVE USING (NOT starts_with(stream, 'cell:')
  OR (SELECT current_departments()) = ARRAY['*'] OR split_part(stream, ':', 3) = ANY ((SELECT current_departments())::text[]));
CREATE POLICY departments_named ON event_detail AS RESTRICTIVE USING (NOT starts_with(stream, 'cell:')
  OR (SELECT current_departments()) = ARRAY['*'] OR split_part(stream, ':', 3) = ANY ((SELECT current_departments())::text[]));
