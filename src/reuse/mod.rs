//! Floor 3: passages that texts share; texts in, spans and columns out.
