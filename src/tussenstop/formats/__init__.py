"""How days and hours are written, where the library writes them differently."""
