"""The page of an answer: one self-contained HTML file in Danish or English, plain words first, then pictures, then the table."""
