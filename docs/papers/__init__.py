"""The Word templates of templates/papers as this project writes them; see docs/make_papers.py."""
