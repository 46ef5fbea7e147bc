"""The librarian: reads and checks the books of `content/`: files in, plain objects or problems out.

Here: YAML with line numbers, every check, Markdown to clean HTML, digests, `flask content check`.
Not here: tables, publishing, marking. It is ground: it imports no room.
"""
