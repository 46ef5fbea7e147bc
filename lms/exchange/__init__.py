"""Questions from and for other systems: their formats read and written. What is kept in the bank is the business of quizzes."""
