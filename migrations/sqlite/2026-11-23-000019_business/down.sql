DROP TABLE case_inputs;
