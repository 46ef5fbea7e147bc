"""Năm Cánh: the school and the ledger of five basic digital skills. `lms/rooms.py` is the map."""
