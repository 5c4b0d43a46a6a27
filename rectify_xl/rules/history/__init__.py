"""Family H: this round's lists against the last round."""
