"""Run the command line as ``python -m masagraph``."""

from masagraph.cli.main import run

if __name__ == "__main__":
    run()
