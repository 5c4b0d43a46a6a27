"""One module per sheet of the master: its columns, its rows, and for sheets that record what came in, how it is read back."""
