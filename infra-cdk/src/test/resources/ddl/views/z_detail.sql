-- a_summary reads it; saying so here is no dependency
CREATE OR REPLACE VIEW z_detail AS
SELECT * FROM stl_query;
