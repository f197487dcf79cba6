"""Fetching: what FILE names and is not on this machine's disk arrives, block by block, in a private file."""
