-- title: How many
-- question: How many queries were there?
-- parameters: none
select queries from a_summary
