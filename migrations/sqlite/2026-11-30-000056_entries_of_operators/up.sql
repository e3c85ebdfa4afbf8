-- What was said of operators: findings look for those who became somebody else.
CREATE INDEX entries_of_operators ON entries (seq) WHERE kind IN ('operator_created', 'operator_updated');
