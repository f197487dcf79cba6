"""Speed and memory, as ratios within one run, beside what one would do instead: `make bench`."""
