"""`python -m cjworkshop` is `cjworkshop`."""

from cjworkshop.cli.main import main

if __name__ == "__main__":
    main()
