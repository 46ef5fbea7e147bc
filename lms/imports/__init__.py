"""Reading lists as people really keep them; pure; ground floor.

Sheets of plain cells go in (made by `lms.documents.tables`), rows that can be used and problems with their row number come out.
Nothing here opens a file, asks the database or saves: that is the work of the rooms' actions.
"""
