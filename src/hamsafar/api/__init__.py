"""Assembles the rooms' routers; authentication, errors, paging."""
