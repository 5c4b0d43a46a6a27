"""The steps of the office, one function each: validate, merge, summarize, a new campaign."""
