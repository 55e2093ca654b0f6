DROP TABLE successions;
DROP TABLE plan_lines;
DROP TABLE space_plans;
