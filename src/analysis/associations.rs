//! What stands next to a node.
