"""A lesson with a class: who is there, how far each has come, the letters shown to a question: practice, never proof."""
