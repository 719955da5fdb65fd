-- One meter's days are asked for by its series, whatever area it counts for: without this every row of the city was looked at.
CREATE INDEX reading_day_series ON reading_day (city, series, day);
