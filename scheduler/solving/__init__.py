"""From rules to a roster: the draft, the plain model, search, and the child process.

`draft` is what rules write into; `model` is the plain model (integers only) that it fills;
`evaluate` computes values of a model without a solver; `cpsat` is the only file that builds
CP-SAT models; `first`, `cool`, `improve` and `exchange` search; `child` and `process` run the
search in another process. Nothing here reads files or knows a paragraph of law.
"""
