"""What does the plan ask of whom? A published document becomes tasks, read in a limited worker process."""
