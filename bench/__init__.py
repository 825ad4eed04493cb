"""Quality and speed, side by side with the alternatives: development tools, not part of the package."""
