"""`python -m tests.fake_telegram --port 0`: the fake as a process; it prints its address and serves."""

from __future__ import annotations

import argparse

from tests.fake_telegram.running import listening, server
from tests.fake_telegram.server import App
from tests.fake_telegram.state import TOKEN
from tests.fake_telegram.telegram import Telegram


def main() -> None:
    """Serve until a signal comes."""
    parser = argparse.ArgumentParser(prog="python -m tests.fake_telegram")
    parser.add_argument("--port", type=int, default=0, help="0: any")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that each call takes")
    parser.add_argument("--waits", type=float, default=1.0, help="factor on the server's own pauses")
    parser.add_argument("--limits", action="store_true", help="refuse floods with 429")
    parser.add_argument("--no-records", action="store_true", help="keep no record of each call")
    options = parser.parse_args()
    telegram = Telegram(options.token, waits=options.waits)
    telegram.tune(latency=options.latency, limits=options.limits, keep_records=not options.no_records)
    with listening(options.port) as opened:
        print(f"http://127.0.0.1:{opened.getsockname()[1]}", flush=True)
        server(App(telegram)).run(sockets=[opened])


if __name__ == "__main__":
    main()
