"""Files to documents, documents to cleaned text, text to sentences and words."""
