"""A small copy of the two portals: articles composed for this project, in the portals' page structure."""
