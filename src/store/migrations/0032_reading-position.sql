-- What changed last: found at once, however many days of readings there are.
CREATE INDEX reading_day_position ON reading_day (city, position);
CREATE INDEX sensor_entity_position ON sensor_entity (city, position);
