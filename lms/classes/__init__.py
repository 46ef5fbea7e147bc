"""Schools' and centres' classes: teachers, pupils, assigned modules. Whom a class's tests count for lives below."""
