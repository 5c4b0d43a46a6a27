"""Running the rules over a collection: findings, exemptions, the report."""
