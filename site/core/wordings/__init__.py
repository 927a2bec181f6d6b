"""Words of the interface that administrators mend while the site runs: see ADR 0018."""
