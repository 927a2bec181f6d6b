"""The home of the admin: what waits for whoever looks, and how the consultation goes."""
