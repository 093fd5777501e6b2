"""What a run leaves behind: never a half, with a manifest, and nothing thrown away."""
