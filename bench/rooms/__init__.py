"""Live maps under load: a real server process, and editors that speak to it as browsers do.

``python -m bench.rooms`` runs all of it; see ``python -m bench.rooms --help``. Nothing is asserted about time; that
nobody's edit was lost is checked in every run.
"""
