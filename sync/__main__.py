"""`python -m sync` does what the console script does."""

from sync.cli import main

if __name__ == "__main__":
    main()
