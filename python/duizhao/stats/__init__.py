"""Statistics of matrices and of documents."""
