"""How pupils come in without e-mail: windows a teacher opens, login cards, and seats at computers others use too."""
