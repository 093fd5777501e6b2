"""From reports to figures: a row a unit, the roll-ups, what leadership is asked."""
