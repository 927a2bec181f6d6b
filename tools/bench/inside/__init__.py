"""What benches run inside the site, with its settings and its database."""
