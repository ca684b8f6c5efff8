"""How long things take: a night, its landing, linking names, the last night of a long history."""
