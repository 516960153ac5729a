"""Calendar addresses: made, told once, revoked."""
