"""The service under load: the real server, asked by many at once.

Beside each figure stands that of a bare FastAPI endpoint in the same run, so that a busy machine is
seen; and the processor time that the server spent on a request, which a busy machine moves little.
"""
