"""Mail: who gets what (planning), what it says (composing), and delivering it exactly once (outbox, delivery).

The only door to the network. Nothing leaves before it stands in the outbox, and nothing leaves twice.
"""
