"""The nouns: everything that crosses a stage or is stored. Frozen, slotted, free of behaviour that reads files."""
