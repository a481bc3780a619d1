//! What every backend keeps.
