"""What official language is made of: slogans, claims, quotations, bodies, persons, register."""
