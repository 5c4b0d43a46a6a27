"""Small nouns and tools that every floor shares: addresses, findings, errors, text keys, atomic writes. No Chinese logic."""
