-- The few cases of one register among many of others, such as the rounds of an office among their cells.
CREATE INDEX event_register ON event (city, register, area, stream, seq);
