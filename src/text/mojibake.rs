//! Text decoded with the wrong encoding, where that is certain.
