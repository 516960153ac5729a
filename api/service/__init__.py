"""The service: plans and rosters kept safely, over HTTP, for several people at once.

A folder a subject, with the same files in each: `tables` (what is stored), `store` (what may be
done with it, knows no HTTP), `shapes` (what goes over the wire), `routes` (the endpoints).
"""
