"""Where staff see the whole of the work on languages: pages and ideas in one queue, languages."""
