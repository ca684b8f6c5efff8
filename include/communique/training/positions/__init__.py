"""How the shipped judge of positions was trained: material, teacher, student, export."""
