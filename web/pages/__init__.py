"""What a page shows, ready to print: templates hold no arithmetic."""
