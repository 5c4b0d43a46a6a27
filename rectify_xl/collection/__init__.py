"""All rows of all files as one frame, with how each cell reads and which unit each file speaks for."""
