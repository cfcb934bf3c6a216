"""Office files: workbooks and tables of text, as people have them, read into plain values with every fault told at once."""
