"""An optional judge of positions: any OpenAI-compatible endpoint, asked within a budget."""
