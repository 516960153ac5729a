"""Programs that the build uses; no part of the product."""
