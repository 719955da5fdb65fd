-- What a member of a panel says of a candidate is a case named `ballot:<selection>:<candidate>:<member>`. Before the decision
-- nobody sees the scores of others; the decision holds all of them, as an event of the selection, so whoever does not lead the
-- selection never needs a case that is not their own. A transaction names the members whose cases it is about, or `*`; where
-- it names none, there are no scores. This narrows the policies by area, it does not widen them.
CREATE FUNCTION current_ballots() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN string_to_array(current_setting('modelcity.ballots', true), ',');
GRANT EXECUTE ON FUNCTION current_ballots() TO modelcity_reader, modelcity_writer;
CREATE POLICY ballots_named ON event AS RESTRICTIVE USING (NOT starts_with(stream, 'ballot:')
  OR (SELECT current_ballots()) = ARRAY['*'] OR split_part(stream, ':', 4) = ANY ((SELECT current_ballots())::text[]));
CREATE POLICY ballots_named ON event_detail AS RESTRICTIVE USING (NOT starts_with(stream, 'ballot:')
  OR (SELECT current_ballots()) = ARRAY['*'] OR split_part(stream, ':', 4) = ANY ((SELECT current_ballots())::text[]));
