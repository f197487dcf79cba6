"""The Paradox API: its field table and a client that sends one request and returns one answer."""
