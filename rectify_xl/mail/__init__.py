"""Mail: who gets what (planning), what it says (composing), and getting it there exactly once (outbox, courier).

The only door to the network. Nothing leaves before it stands in the outbox, and nothing leaves twice.
"""
