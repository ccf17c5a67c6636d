//! Width folding, Unicode form, white space, entities, control characters.
