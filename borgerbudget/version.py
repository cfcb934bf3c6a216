"""The version of this engine, as it stands in a bundle's manifest; a test holds it equal to the package's."""

VERSION = "0.1.0"
