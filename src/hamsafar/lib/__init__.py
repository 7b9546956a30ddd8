"""What every room may use and no room owns: errors, ids, time, Persian text. Imports nothing of ours."""
