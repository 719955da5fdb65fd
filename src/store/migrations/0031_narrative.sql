-- The text of a review's chapter as it was signed off in the office. It stands among the records that are kept by area, so
-- that row security keeps whoever is limited to other areas from reading or writing it.
ALTER TABLE statement DROP CONSTRAINT statement_kind_check;
ALTER TABLE statement ADD CONSTRAINT statement_kind CHECK (kind IN ('target', 'claim', 'narrative'));
