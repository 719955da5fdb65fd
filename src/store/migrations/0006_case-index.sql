-- A case is asked for by its number, without its area; and what is new since a position is read by position.
CREATE INDEX event_number ON event (city, stream, seq);
CREATE INDEX event_detail_position ON event_detail (city, position);
CREATE INDEX flow_position ON flow (city, position);
