-- Append-only is the absence of grants. modelcity_writer may add rows, and update two columns: the counter and the
-- running balances. Nobody but the owner may delete or truncate. The roles own nothing and can't sign in; a login
-- is made a member of one of them (docs/storage.md).
GRANT USAGE ON SCHEMA modelcity TO modelcity_reader, modelcity_writer;
GRANT SELECT ON ALL TABLES IN SCHEMA modelcity TO modelcity_reader, modelcity_writer;
GRANT INSERT ON city_log, submission, submission_file, submission_area, definition, observation, statement, series,
  reading_day, transition, event, event_detail, item, holder, flow, balance TO modelcity_writer;
GRANT UPDATE (head) ON city_log TO modelcity_writer;
GRANT UPDATE (quantity) ON balance TO modelcity_writer;

-- Row security, forced on the owner too: a transaction sees one city, and of the tables kept by area only the areas
-- it has named. Both are set for one transaction only; where they are not set nothing is seen.
CREATE FUNCTION current_city() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN current_setting('modelcity.city', true);
CREATE FUNCTION current_areas() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(current_setting('modelcity.areas', true), ',');
GRANT EXECUTE ON FUNCTION current_city(), current_areas() TO modelcity_reader, modelcity_writer;

ALTER TABLE submission ENABLE ROW LEVEL SECURITY; ALTER TABLE submission FORCE ROW LEVEL SECURITY;
ALTER TABLE submission_file ENABLE ROW LEVEL SECURITY; ALTER TABLE submission_file FORCE ROW LEVEL SECURITY;
ALTER TABLE definition ENABLE ROW LEVEL SECURITY; ALTER TABLE definition FORCE ROW LEVEL SECURITY;
ALTER TABLE transition ENABLE ROW LEVEL SECURITY; ALTER TABLE transition FORCE ROW LEVEL SECURITY;
ALTER TABLE item ENABLE ROW LEVEL SECURITY; ALTER TABLE item FORCE ROW LEVEL SECURITY;
CREATE POLICY one_city ON submission USING (city = (SELECT current_city()));
CREATE POLICY one_city ON submission_file USING (city = (SELECT current_city()));
CREATE POLICY one_city ON definition USING (city = (SELECT current_city()));
CREATE POLICY one_city ON transition USING (city = (SELECT current_city()));
CREATE POLICY one_city ON item USING (city = (SELECT current_city()));

ALTER TABLE submission_area ENABLE ROW LEVEL SECURITY; ALTER TABLE submission_area FORCE ROW LEVEL SECURITY;
ALTER TABLE observation ENABLE ROW LEVEL SECURITY; ALTER TABLE observation FORCE ROW LEVEL SECURITY;
ALTER TABLE statement ENABLE ROW LEVEL SECURITY; ALTER TABLE statement FORCE ROW LEVEL SECURITY;
ALTER TABLE series ENABLE ROW LEVEL SECURITY; ALTER TABLE series FORCE ROW LEVEL SECURITY;
ALTER TABLE reading_day ENABLE ROW LEVEL SECURITY; ALTER TABLE reading_day FORCE ROW LEVEL SECURITY;
ALTER TABLE event ENABLE ROW LEVEL SECURITY; ALTER TABLE event FORCE ROW LEVEL SECURITY;
ALTER TABLE event_detail ENABLE ROW LEVEL SECURITY; ALTER TABLE event_detail FORCE ROW LEVEL SECURITY;
ALTER TABLE holder ENABLE ROW LEVEL SECURITY; ALTER TABLE holder FORCE ROW LEVEL SECURITY;
ALTER TABLE flow ENABLE ROW LEVEL SECURITY; ALTER TABLE flow FORCE ROW LEVEL SECURITY;
ALTER TABLE balance ENABLE ROW LEVEL SECURITY; ALTER TABLE balance FORCE ROW LEVEL SECURITY;
CREATE POLICY areas_named ON submission_area USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON observation USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON statement USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON series USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON reading_day USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON event USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON event_detail USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON holder USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON flow USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
CREATE POLICY areas_named ON balance USING (city = (SELECT current_city()) AND ((SELECT current_areas()) = ARRAY['*'] OR area = ANY ((SELECT current_areas())::text[])));
