"""Full screens: home, workshop, recovery."""
