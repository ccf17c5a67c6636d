"""Files that hold more than plain text: PDF, Word, OpenDocument, sheets, archives; and the way back to their pages and cells."""
