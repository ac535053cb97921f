-- reads z_detail, which therefore has to be there before
CREATE OR REPLACE VIEW a_summary AS
SELECT count(*) AS queries FROM z_detail;
