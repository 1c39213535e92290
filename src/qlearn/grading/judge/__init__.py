"""Judge a student's answers in a trusted process: the tests run here, the answers are reached as data and calls."""
