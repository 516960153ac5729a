"""A FastAPI endpoint that does nothing, served as the service is: what the others are held against.

`python -m benchmarks.load.bare PORT`
"""

import sys

import uvicorn
from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/bare")
def bare() -> Response:
    """A short text."""
    return Response("ok", media_type="text/plain")


if __name__ == "__main__":
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning")
