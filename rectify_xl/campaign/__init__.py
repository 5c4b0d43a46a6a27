"""The campaign folder: campaign.yaml, units.csv and leaders.csv, as one :class:`Campaign`."""
