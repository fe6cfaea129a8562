"""From the store to a result: what screens and written reports both show is put together here, once."""
