-- What departments of one area say in an examination is kept apart as their cells are: the stream of a subject is named
-- `examination:<examination>:<department>:…`, with `-` for a district as a whole. One pair of policies for both, since a
-- policy cannot be widened.
DROP POLICY departments_named ON event;
DROP POLICY departments_named ON event_detail;
CREATE POLICY departments_named ON event AS RESTRICTIVE USING (NOT (starts_with(stream, 'cell:') OR starts_with(stream, 'examination:'))
  OR (SELECT current_departments()) = ARRAY['*'] OR split_part(stream, ':', 3) = ANY ((SELECT current_departments())::text[]));
CREATE POLICY departments_named ON event_detail AS RESTRICTIVE USING (NOT (starts_with(stream, 'cell:') OR starts_with(stream, 'examination:'))
  OR (SELECT current_departments()) = ARRAY['*'] OR split_part(stream, ':', 3) = ANY ((SELECT current_departments())::text[]));
