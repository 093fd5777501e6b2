"""The rules at work: expressions evaluated over a submission, outcomes, findings."""
