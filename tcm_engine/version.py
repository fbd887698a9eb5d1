"""The engine's version: raised whenever the same input may give another result."""

VERSION = "0.1.0"
